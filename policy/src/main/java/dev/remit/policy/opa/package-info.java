/**
 * A second decision point over OPA's REST data API, asked after Cedar and able to deny alone. In
 * the flow it is an adapter of {@code dev.remit.core.decision}.
 */
@NullMarked
package dev.remit.policy.opa;

import org.jspecify.annotations.NullMarked;
