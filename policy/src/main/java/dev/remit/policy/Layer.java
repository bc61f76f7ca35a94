package dev.remit.policy;

/** How far a policy reaches; nothing below a guardrail can lift it. */
public enum Layer {
  /** Shipped with Remit; forbids only. */
  BUILT_IN,
  /** The organisation's own guardrails; forbids only, and never left out of a slice. */
  GUARDRAIL,
  /** For all tenants: task classes in plain terms, and hand-written policy. */
  BASELINE,
  /** For one tenant; it narrows, so it forbids only, and every policy names that tenant. */
  TENANT;

  boolean isGuardrail() {
    return this == BUILT_IN || this == GUARDRAIL;
  }

  boolean mayPermit() {
    return this == BASELINE;
  }
}
