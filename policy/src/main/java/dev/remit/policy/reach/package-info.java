/**
 * What agents could do before anything runs: their tools and how each goes, authority that they
 * inherit through tools that reach other systems, and whether functions that must be separate are.
 *
 * <p>In the flow it is asked by {@code remit reach} and {@code remit check}, never where a call is
 * decided.
 */
@NullMarked
package dev.remit.policy.reach;

import org.jspecify.annotations.NullMarked;
