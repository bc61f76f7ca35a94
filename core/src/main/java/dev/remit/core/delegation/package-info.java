/**
 * How agents hand work on: what a task below may be, and what every agent of a chain has to say
 * about its calls. Pure; beside {@code release}, below the drivers.
 */
@NullMarked
package dev.remit.core.delegation;

import org.jspecify.annotations.NullMarked;
