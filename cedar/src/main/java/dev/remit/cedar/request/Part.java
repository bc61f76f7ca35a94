package dev.remit.cedar.request;

/** The parts of a request that the head of a policy can constrain. */
public enum Part {
  /** Who asks. */
  PRINCIPAL,
  /** What is asked for. */
  ACTION,
  /** On what. */
  RESOURCE
}
