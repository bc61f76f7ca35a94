package dev.remit.log.witness;

import dev.remit.log.Origin;
import dev.remit.log.SignedNote;
import java.io.IOException;
import java.util.Optional;

/**
 * What a witness remembers: of each log, the latest checkpoint that it cosigned.
 *
 * <p>One process owns it. When {@link #remember} returns, the checkpoint outlives a power cut; when
 * it throws, either the old or the new one is there afterwards, never a mixture.
 */
public interface WitnessStates {

  /** The latest cosigned checkpoint; empty when there never was one. */
  Optional<SignedNote> latest(Origin log) throws IOException;

  /** Remembers a newer one in its place. */
  void remember(Origin log, SignedNote checkpoint) throws IOException;
}
