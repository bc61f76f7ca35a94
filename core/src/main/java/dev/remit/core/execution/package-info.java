/**
 * Carrying a call out at the vendor, and its one outcome. After {@code lease}, before {@code
 * evidence}.
 */
@NullMarked
package dev.remit.core.execution;

import org.jspecify.annotations.NullMarked;
