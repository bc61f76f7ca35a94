/**
 * The wires: HTTP on two listeners, one for machines and one for people.
 *
 * <p>They translate and never decide. Hostile bytes become values here, once; everything that is
 * asked for goes to {@code core/flow}, and what comes back is put into the wire's own words. First
 * and last in the flow of a call.
 */
@NullMarked
package dev.remit.web;

import org.jspecify.annotations.NullMarked;
