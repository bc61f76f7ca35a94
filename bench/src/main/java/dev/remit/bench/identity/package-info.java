/** What it costs to prove a workload, beside plain verification of a signature in the same run. */
@NullMarked
package dev.remit.bench.identity;

import org.jspecify.annotations.NullMarked;
