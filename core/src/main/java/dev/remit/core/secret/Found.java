package dev.remit.core.secret;

/**
 * Where a text holds a secret.
 *
 * @param from its first character
 * @param to the character after its last
 * @param form what it is, in a word that tells neither the secret nor whose it is
 */
record Found(int from, int to, String form) {}
