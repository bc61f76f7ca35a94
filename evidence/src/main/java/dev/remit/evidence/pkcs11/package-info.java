/**
 * A log's key on a token: an Ed25519 key that never leaves a PKCS#11 module, and the few C
 * functions that are needed to sign with it.
 *
 * <p>The JDK's own PKCS#11 provider knows no Ed25519, so the module is called by {@code
 * java.lang.foreign}. Names are those of OASIS PKCS #11 3.0. Nothing else of Remit calls C.
 */
@NullMarked
package dev.remit.evidence.pkcs11;

import org.jspecify.annotations.NullMarked;
