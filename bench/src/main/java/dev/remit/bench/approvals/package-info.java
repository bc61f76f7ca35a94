/**
 * What people wait for: pages with ten thousand open proposals, and the moment between the last
 * answer and the vendor's request. Stands on the lab and the server of {@code call}.
 */
@NullMarked
package dev.remit.bench.approvals;

import org.jspecify.annotations.NullMarked;
