/**
 * What all vendors of the lab have in common: OAuth with revocable tokens, operations by name and
 * scope, and the bad days that tests arm: faults and triggers.
 */
@NullMarked
package dev.remit.lab.vendor;

import org.jspecify.annotations.NullMarked;
