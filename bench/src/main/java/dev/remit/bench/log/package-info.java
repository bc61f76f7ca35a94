/**
 * How fast evidence is written, taken into the logs, verified and taken away, beside a plain insert
 * of the same bytes.
 */
@NullMarked
package dev.remit.bench.log;

import org.jspecify.annotations.NullMarked;
