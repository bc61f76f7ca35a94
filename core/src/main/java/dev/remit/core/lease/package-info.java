/**
 * Just-in-time credentials: their end is stored before their beginning. After {@code approval},
 * before {@code execution}.
 */
@NullMarked
package dev.remit.core.lease;

import org.jspecify.annotations.NullMarked;
