/**
 * The exact action asked for, the tool it uses, and its digest. After {@code target}, before {@code
 * decision}.
 */
@NullMarked
package dev.remit.core.call;

import org.jspecify.annotations.NullMarked;
