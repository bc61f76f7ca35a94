package dev.remit.server.restore;

import dev.remit.core.evidence.LogFiles;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.log.Checkpoint;
import dev.remit.log.Ed25519Verifier;
import dev.remit.log.InvalidLogDataException;
import dev.remit.log.MerkleTree;
import dev.remit.log.Origin;
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

  /** What is wrong with the log that this checkpoint is of; empty when the log holds it. */
  Optional<String> objection(Path note) {
    try {
      byte[] bytes = Files.readAllBytes(note);
      var claimed = Checkpoint.parse(SignedNote.parse(bytes).text());
      String own = "remit/" + installation + "/";
      if (!claimed.origin().value().startsWith(own)) {
        return Optional.of("`" + note + "` is of another installation");
      }
      var tenant = new TenantId(claimed.origin().value().substring(own.length()));
      var origin = new Origin(own + tenant);
      return switch (Checkpoint.open(bytes, origin, keys)) {
        case Verified.Proven<Checkpoint>(Checkpoint checkpoint) ->
            objection(tenant, checkpoint.head());
        case Verified.Refuted<Checkpoint> refuted ->
            Optional.of("`" + note + "` is not signed by this installation: " + refuted.detail());
      };
    } catch (IOException e) {
      throw new InvalidValueException("`" + note + "` cannot be read");
    } catch (InvalidLogDataException e) {
      return Optional.of("`" + note + "` is no checkpoint");
    }
  }

  private Optional<String> objection(TenantId tenant, TreeHead seen) {
    long size = size(tenant);
    if (seen.size() > size) {
      return Optional.of(
          "the log of `" + tenant + "` lacks " + (seen.size() - size) + " entries that others saw");
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
