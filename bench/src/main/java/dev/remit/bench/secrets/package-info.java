/** What it costs to look for secrets. */
@NullMarked
package dev.remit.bench.secrets;

import org.jspecify.annotations.NullMarked;
