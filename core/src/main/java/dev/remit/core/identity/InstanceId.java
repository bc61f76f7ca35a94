package dev.remit.core.identity;

/**
 * One running copy of an agent, known by its key.
 *
 * <p>A caller without a sender-bound key gets the instance {@code unbound:} and a digest of issuer
 * and subject: all its copies are one instance, which is one reason why such agents are held short.
 */
public record InstanceId(String value) {

  @Override
  public String toString() {
    return value;
  }
}
