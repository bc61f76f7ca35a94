package dev.remit.evidence;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.log.Checkpoint;
import dev.remit.log.InvalidLogDataException;
import dev.remit.log.LogProof;
import dev.remit.log.Origin;
import dev.remit.log.SignedNote;
import dev.remit.log.TrustPolicy;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One tenant's evidence as one file: JSON Lines that a client takes away and checks alone.
 *
 * <p>The form is in {@code docs/reference/evidence.md}. Writing and reading go line by line; the
 * file appears whole or not at all and is readable by its owner only.
 */
public final class EvidencePack {

  private EvidencePack() {}

  /**
   * Writes what {@code Oversight.export} gave: {@code header}, {@code entries} ({@code index},
   * {@code leaf}, and together or not at all {@code salt} and {@code body}), {@code checkpoint}
   * (note text) and {@code pending}. Entries beyond the checkpoint are written as pending.
   */
  public static void write(Value.Obj export, Path file) {
    PrivateFile.write(file, out -> write(export, out));
  }

  /** As {@link #write(Value.Obj, Path)}, to a stream that the caller closes. */
  public static void write(Value.Obj export, OutputStream to) throws IOException {
    write(PackExport.of(export), to);
  }

  /** As {@link #write(PackExport, OutputStream)}, to a file that appears whole or not at all. */
  public static void write(PackExport export, Path file) {
    PrivateFile.write(file, out -> write(export, out));
  }

  /** Writes entry by entry, in memory that does not grow with them. */
  public static void write(PackExport export, OutputStream to) throws IOException {
    var checkpoint = checkpoint(export.checkpoint());
    var header = named(export.header(), checkpoint.origin());
    PackForm.header(new Place(1, 0), header);
    var out = new BufferedOutputStream(to, 1 << 16);
    var pack = new PackWriter(out);
    pack.header(header);
    for (String note : export.cosigned()) {
      pack.cosigned(note);
    }
    for (var skip : export.before()) {
      pack.skipped(skip.out());
    }
    Optional<Value.Obj> beyond = covered(export, checkpoint.head().size(), pack);
    for (var skip : export.after()) {
      pack.skipped(skip.out());
    }
    pack.checkpoint(export.checkpoint());
    if (beyond.isPresent()) {
      pack.pending(beyond.get().without("index"));
    }
    while (export.entries().hasNext()) {
      pack.pending(export.entries().next().without("index"));
    }
    while (export.pending().hasNext()) {
      pack.pending(export.pending().next());
    }
    pack.end();
    out.flush();
  }

  /** Gives back the first entry that the checkpoint does not cover. */
  private static Optional<Value.Obj> covered(PackExport export, long size, PackWriter pack)
      throws IOException {
    while (export.entries().hasNext()) {
      var entry = export.entries().next();
      long index = PackForm.required(entry.integer("index"), "an entry has an index");
      if (index >= size) {
        return Optional.of(entry);
      }
      pack.entry(index, entry.without("index"));
    }
    return Optional.empty();
  }

  private static Value.Obj named(Value.Obj header, Origin origin) {
    if (header.get("origin").isPresent() || header.get("installation").isPresent()) {
      return header;
    }
    String[] parts = origin.value().split("/", -1);
    return header
        .with("origin", Value.of(origin.value()))
        .with("installation", Value.of(parts.length == 3 ? parts[1] : ""));
  }

  private static Checkpoint checkpoint(String note) {
    try {
      return Checkpoint.parse(SignedNote.parse(note.getBytes(StandardCharsets.UTF_8)).text());
    } catch (InvalidLogDataException e) {
      throw new InvalidValueException("the export's checkpoint is none: " + e.getMessage());
    }
  }

  /** How many entries a checkpoint (note text) is of; whose it is was not looked at. */
  public static long sizeOf(String note) {
    return checkpoint(note).head().size();
  }

  /** Keeps a pack that comes over the wire, unread. */
  public static void save(InputStream pack, Path file) {
    PrivateFile.write(file, pack::transferTo);
  }

  /** Opens a pack for reading; the caller closes it. */
  public static PackReader read(Path file) throws IOException {
    return new PackReader(Files.newInputStream(file));
  }

  /** Whether the file begins as a {@link Receipt} does. */
  private static boolean isReceipt(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return Receipt.isReceipt(in.readNBytes(64)) && Files.size(file) <= LogProof.LIMIT_BYTES;
    }
  }

  /**
   * Checks a pack, or a receipt, with nothing but what the reader brought. An older checkpoint says
   * nothing to a receipt.
   *
   * @param trust the log's keys as the reader got them, not out of the pack; without them the
   *     answer is at best {@code NOT_ANCHORED}
   * @param since a checkpoint (note text) that the reader kept from earlier
   * @throws IOException if the file cannot be read, which says nothing about the evidence
   */
  public static VerificationReport verify(
      Path file, Optional<TrustPolicy> trust, Optional<String> since) throws IOException {
    if (isReceipt(file)) {
      return ReceiptVerification.of(Files.readAllBytes(file), trust);
    }
    try (var reader = read(file)) {
      return Verification.of(reader, new Anchor(trust, since));
    } catch (UncheckedIOException e) {
      throw new IOException("the pack cannot be read", e);
    }
  }
}
