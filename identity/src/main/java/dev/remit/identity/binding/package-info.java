/**
 * Proof that whoever shows a token holds its key: DPoP (RFC 9449) and client certificates (RFC
 * 8705). Between the token and the caller that it proves.
 */
@NullMarked
package dev.remit.identity.binding;

import org.jspecify.annotations.NullMarked;
