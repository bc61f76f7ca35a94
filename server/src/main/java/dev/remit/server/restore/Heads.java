package dev.remit.server.restore;

import dev.remit.core.evidence.LogFiles;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.log.Checkpoint;
import dev.remit.log.Ed25519Verifier;
import dev.remit.log.InvalidLogDataException;
import dev.remit.log.MerkleTree;
import dev.remit.log.Origin;
import dev.remit.log.Refutation;
import dev.remit.log.SignedNote;
import dev.remit.log.TreeHead;
import dev.remit.log.TrustedKeys;
import dev.remit.log.Verified;
import dev.remit.log.tile.TileHashes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether restored logs are the ones that others saw: a checkpoint that somebody kept, or a witness
 * cosigned, has to lie in them.
 */
final class Heads {

  private final LogFiles logs;
  private final String installation;
  private final TrustedKeys keys;

  private Heads(LogFiles logs, String installation, TrustedKeys keys) {
    this.logs = logs;
    this.installation = installation;
    this.keys = keys;
  }

  /** With the name and the published keys in this data folder. */
  static Heads of(LogFiles logs, Path data) {
    try {
      var lines = Files.readAllLines(data.resolve("log.pub"));
      return new Heads(
          logs,
          Files.readString(data.resolve("installation")).strip(),
          TrustedKeys.of(
              lines.stream().filter(line -> !line.isBlank()).map(Ed25519Verifier::parse).toList()));
    } catch (IOException e) {
      throw new InvalidValueException("the folder has no `log.pub` and `installation`");
    }
  }

  /** A head of one of our logs as somebody outside saw it. */
  record Seen(TenantId tenant, TreeHead head) {}

  /** The head that this signed note is of, if one of our keys signed it. */
  Verified<Seen> open(byte[] note) {
    String own = "remit/" + installation + "/";
    try {
      var claimed = Checkpoint.parse(SignedNote.parse(note).text()).origin().value();
      if (!claimed.startsWith(own)) {
        return Verified.refuted(Refutation.ORIGIN_MISMATCH, "is of another installation");
      }
      var tenant = new TenantId(claimed.substring(own.length()));
      return switch (Checkpoint.open(note, new Origin(own + tenant), keys)) {
        case Verified.Proven<Checkpoint>(Checkpoint checkpoint) ->
            Verified.proven(new Seen(tenant, checkpoint.head()));
        case Verified.Refuted<Checkpoint>(Refutation reason, String detail) ->
            Verified.refuted(reason, "is not signed by this installation: " + detail);
      };
    } catch (InvalidLogDataException | InvalidValueException e) {
      return Verified.refuted(Refutation.MALFORMED, "is no checkpoint");
    }
  }

  /**
   * What is wrong with the log that this head is of; empty when the log holds it.
   *
   * @param takenBack how many entries it has with those that were taken back
   */
  Optional<String> objection(Seen of, long takenBack) {
    var tenant = of.tenant();
    var seen = of.head();
    long size = size(tenant);
    if (seen.size() > size) {
      long missing = seen.size() - Math.max(size, takenBack);
      return Optional.of(
          "the log of `" + tenant + "` lacks " + missing + " entries that others saw");
    }
    var source = new TileHashes(size, path -> logs.read(tenant, path.path()));
    return seen.size() == 0 || MerkleTree.head(seen.size(), source).equals(seen)
        ? Optional.empty()
        : Optional.of("the log of `" + tenant + "` is not the one that others saw");
  }

  /** How many entries a log has by its own last checkpoint. */
  long size(TenantId tenant) {
    return logs.read(tenant, LogFiles.CHECKPOINT)
        .map(note -> Checkpoint.parse(SignedNote.parse(note).text()).head().size())
        .orElse(0L);
  }
}
