/**
 * The control API of the lab: tests and the demo read its state, move devices, arm faults and reset
 * it. No vendor has such an API; it has its own listener and key.
 */
@NullMarked
package dev.remit.lab.control;

import org.jspecify.annotations.NullMarked;
