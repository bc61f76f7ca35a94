/**
 * The estate itself: organisations, devices, services, jobs, tickets and people, made from a seed
 * and changed by acts. It knows no HTTP; the RMM and the control API read and change it.
 */
@NullMarked
package dev.remit.lab.estate;

import org.jspecify.annotations.NullMarked;
