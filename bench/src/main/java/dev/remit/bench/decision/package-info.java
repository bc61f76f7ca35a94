/**
 * One decision of policy over prepared facts, beside the official library through its bridge, the
 * same library in WebAssembly, and another engine of the JVM.
 */
@NullMarked
package dev.remit.bench.decision;

import org.jspecify.annotations.NullMarked;
