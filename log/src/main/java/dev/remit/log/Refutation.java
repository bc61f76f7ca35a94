package dev.remit.log;

/**
 * Why a check did not succeed.
 *
 * <p>A closed list, so that two verifiers can be compared case by case.
 */
public enum Refutation {
  /** The bytes are not of the form that the specification asks for. */
  MALFORMED,
  /** The leaf's index is negative or not below the size of the tree. */
  INDEX_OUT_OF_RANGE,
  /** One side is the empty tree, from which nothing can be proven. */
  EMPTY_TREE,
  /** The proof is for another tree size than the head it is held against. */
  SIZE_MISMATCH,
  /** The older head is larger than the newer one. */
  SIZES_REVERSED,
  /** The proof has too few or too many hashes. */
  PROOF_LENGTH,
  /** The proof leads to another root. */
  ROOT_MISMATCH,
  /** Two heads of one size have different roots: the log has two histories. */
  FORK,
  /** A key that the reader trusts is named, and its signature is wrong. */
  BAD_SIGNATURE,
  /** No key that the reader trusts has signed. */
  NO_TRUSTED_SIGNATURE,
  /** The checkpoint is of another log. */
  ORIGIN_MISMATCH
}
