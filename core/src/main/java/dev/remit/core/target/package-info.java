/** Records of the inventory with their proven tenant. After {@code task}, before {@code call}. */
@NullMarked
package dev.remit.core.target;

import org.jspecify.annotations.NullMarked;
