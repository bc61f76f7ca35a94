package dev.remit.web.console;

/** A page that only says something, and one way on. */
public record MessageView(String heading, String words, String wayOn, String path) {}
