package dev.remit.core.approval;

/** The random handle of a proposal: a reference, never an authority. */
public record ProposalId(String value) {

  /** The name under which one step of a plan is used, counted from 1. */
  public ProposalId ofStep(int step) {
    return new ProposalId(value + "." + step);
  }

  /** The proposal as a whole, whose answers hold for each of its steps. */
  public ProposalId whole() {
    int dot = value.indexOf('.');
    return dot < 0 ? this : new ProposalId(value.substring(0, dot));
  }

  @Override
  public String toString() {
    return value;
  }
}
