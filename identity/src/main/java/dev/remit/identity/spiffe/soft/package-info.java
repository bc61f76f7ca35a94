/**
 * A trust domain in software: it makes roots, SVIDs and bundles for the lab, the demo and tests. It
 * signs whatever it is asked for, right or wrong, and is nobody's certificate authority.
 */
@NullMarked
package dev.remit.identity.spiffe.soft;

import org.jspecify.annotations.NullMarked;
