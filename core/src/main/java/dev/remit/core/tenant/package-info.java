/**
 * The client companies of the MSP and their environments. First in the flow: every later stage
 * names its tenant.
 */
@NullMarked
package dev.remit.core.tenant;

import org.jspecify.annotations.NullMarked;
