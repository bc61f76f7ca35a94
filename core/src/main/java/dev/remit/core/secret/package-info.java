/**
 * Secrets do not travel: what is live here, and what has the form of a key, is found in whatever
 * comes in and goes out. Stands on {@code value} alone; the drivers ask it.
 */
@NullMarked
package dev.remit.core.secret;

import org.jspecify.annotations.NullMarked;
