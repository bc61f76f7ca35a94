/**
 * Cedar's values: immutable, compared by what they mean, each with its hash kept. Everything else
 * in this module works on them.
 */
@NullMarked
package dev.remit.cedar.value;

import org.jspecify.annotations.NullMarked;
