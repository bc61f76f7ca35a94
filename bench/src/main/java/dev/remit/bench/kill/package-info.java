/** How long a kill takes from its commit to the first refusal on another replica, under load. */
@NullMarked
package dev.remit.bench.kill;

import org.jspecify.annotations.NullMarked;
