package dev.remit.core.approval;

/** The random handle of a proposal: a reference, never an authority. */
public record ProposalId(String value) {

  @Override
  public String toString() {
    return value;
  }
}
