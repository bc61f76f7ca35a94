/**
 * An authenticator in software, for labs and tests. It is trusted by nobody more than any other
 * key: what it makes goes through the same registration and the same checks.
 */
@NullMarked
package dev.remit.identity.passkey.soft;

import org.jspecify.annotations.NullMarked;
