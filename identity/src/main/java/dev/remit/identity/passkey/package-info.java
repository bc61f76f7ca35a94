/**
 * People's keys: public key credentials of Web Authentication Level 2, and what they sign. Beside
 * the flow: {@code core.flow} asks whether a signature holds and what follows from it.
 */
@NullMarked
package dev.remit.identity.passkey;

import org.jspecify.annotations.NullMarked;
