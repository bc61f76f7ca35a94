/**
 * Who calls: workload identities of agents and orchestrators. After {@code tenant}, before {@code
 * task}.
 */
@NullMarked
package dev.remit.core.identity;

import org.jspecify.annotations.NullMarked;
