package dev.remit.core.release;

/** A policy version, named by the digest of its content. */
public record VersionId(String value) {

  @Override
  public String toString() {
    return value;
  }
}
