package dev.remit.web.console;

/**
 * What a person agrees to.
 *
 * @param person whom the command line will act for
 * @param path where the form goes
 * @param redirect where the browser is sent then
 */
public record CliView(String person, String path, String redirect) {}
