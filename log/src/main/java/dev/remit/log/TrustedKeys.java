package dev.remit.log;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The keys that the reader brought, and no others (C2SP signed-note "Signatures").
 *
 * <p>No two of them share both name and id, so that a signature line always means one key. None is
 * ever taken from the material under check.
 */
public final class TrustedKeys {
  private final List<NoteVerifier> keys;

  private TrustedKeys(List<NoteVerifier> keys) {
    this.keys = keys;
    long distinct = keys.stream().map(key -> key.name() + "+" + key.id()).distinct().count();
    if (distinct != keys.size()) {
      throw new InvalidLogDataException("two trusted keys share one name and id");
    }
  }

  public static TrustedKeys of(NoteVerifier... keys) {
    return new TrustedKeys(List.of(keys));
  }

  public static TrustedKeys of(Collection<? extends NoteVerifier> keys) {
    return new TrustedKeys(List.copyOf(keys));
  }

  Optional<NoteVerifier> find(NoteSignature signature) {
    return keys.stream().filter(signature::isBy).findFirst();
  }
}
