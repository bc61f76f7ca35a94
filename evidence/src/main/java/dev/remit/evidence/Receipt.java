package dev.remit.evidence;

import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import dev.remit.log.Checkpoint;
import dev.remit.log.Hash;
import dev.remit.log.HashSource;
import dev.remit.log.InclusionProof;
import dev.remit.log.InvalidLogDataException;
import dev.remit.log.LogProof;
import dev.remit.log.SignedNote;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that the log holds on one call, with the proof that it holds it: a file in the form of C2SP
 * tlog-proof whose extra data are the entries.
 *
 * <p>The proof itself is of the last entry, so that any verifier of that form can check it; the
 * entries before it bring their own paths to the same checkpoint. Nothing here has been verified.
 *
 * @param items in the order of the log, at least one; the last one's path is the proof's own
 */
public record Receipt(List<Item> items, SignedNote checkpoint) {

  /** The format's name in the extra data. */
  static final String FORMAT = "remit-receipt";

  private static final int LIMIT_ITEMS = 1000;

  /** One entry. */
  public record Item(long index, PackLine.Content content, List<Hash> path) {
    public Item {
      path = List.copyOf(path);
    }
  }

  public Receipt {
    items = List.copyOf(items);
    if (items.isEmpty() || items.size() > LIMIT_ITEMS) {
      throw new InvalidValueException("a receipt has 1 to " + LIMIT_ITEMS + " entries");
    }
    for (int i = 1; i < items.size(); i++) {
      if (items.get(i).index() <= items.get(i - 1).index()) {
        throw new InvalidValueException("a receipt's entries come in the order of the log");
      }
    }
  }

  /** The form of a receipt's file, whatever else is true of it. */
  static boolean isReceipt(byte[] start) {
    byte[] first = LogProof.FIRST_LINE.getBytes(StandardCharsets.UTF_8);
    return start.length >= first.length && Arrays.equals(Arrays.copyOf(start, first.length), first);
  }

  /**
   * Makes the receipt of entries that the checkpoint covers.
   *
   * @param entries of one call ({@code index}, {@code leaf}, and together or not at all {@code
   *     salt} and {@code body}), in the order of the log
   * @param note the signed checkpoint, with its cosignatures
   * @param hashes of the log, up to the checkpoint's size
   */
  public static Receipt of(List<Value.Obj> entries, String note, HashSource hashes) {
    try {
      var checkpoint = SignedNote.parse(note.getBytes(StandardCharsets.UTF_8));
      long size = Checkpoint.parse(checkpoint.text()).head().size();
      List<Item> items = new ArrayList<>();
      for (Value.Obj entry : entries) {
        long index = PackForm.required(entry.integer("index"), "an entry has an index");
        if (index >= size) {
          throw new InvalidValueException(
              "an entry is not in the log yet; ask again in a moment, or look into a pack");
        }
        var content = PackWriter.content(entry.without("index"));
        items.add(new Item(index, content, InclusionProof.create(index, size, hashes).path()));
      }
      return new Receipt(items, checkpoint);
    } catch (InvalidLogDataException e) {
      throw new InvalidValueException("the checkpoint is none: " + e.getMessage());
    }
  }

  /** Reads a file; anything that is not exactly the form is refused. */
  public static Receipt parse(byte[] file) {
    try {
      var proof = LogProof.parse(file);
      byte[] extra =
          proof
              .extraBytes()
              .orElseThrow(() -> new InvalidValueException("a receipt brings its entries along"));
      Value.Obj value = Json.parseObject(extra);
      if (!Arrays.equals(CanonicalJson.bytes(value), extra)) {
        throw new InvalidValueException("the receipt's entries are not in canonical form");
      }
      return new Receipt(items(value, proof), proof.checkpoint());
    } catch (InvalidLogDataException e) {
      throw new InvalidValueException("no receipt: " + e.getMessage());
    }
  }

  private static List<Item> items(Value.Obj extra, LogProof proof) {
    PackForm.only(extra, Set.of("format", "version", "entries"));
    if (!extra.text("format").equals(Optional.of(FORMAT))
        || !extra.integer("version").equals(Optional.of(1L))
        || !(extra.get("entries").orElse(Value.Null.NULL) instanceof Value.Array(List<Value> all))
        || all.isEmpty()) {
      throw new InvalidValueException("this verifier reads `" + FORMAT + "` version 1 only");
    }
    List<Item> items = new ArrayList<>();
    for (Value item : all.subList(0, all.size() - 1)) {
      var entry = object(item);
      items.add(item(entry.without("path"), path(entry)));
    }
    var last = object(all.getLast());
    items.add(item(last, proof.path()));
    if (items.getLast().index() != proof.index()) {
      throw new InvalidValueException("the proof is not of the receipt's last entry");
    }
    return items;
  }

  private static Item item(Value.Obj entry, List<Hash> path) {
    long index = PackForm.required(entry.integer("index"), "an entry has an index");
    if (index < 0) {
      throw new InvalidValueException("an index is not negative");
    }
    return new Item(index, PackForm.content(entry.without("index")), path);
  }

  private static List<Hash> path(Value.Obj entry) {
    if (!(entry.get("path").orElse(Value.Null.NULL) instanceof Value.Array(List<Value> hashes))
        || hashes.size() > 63) {
      throw new InvalidValueException("an entry's path is an array of at most 63 hashes");
    }
    List<Hash> path = new ArrayList<>();
    for (Value hash : hashes) {
      if (!(hash instanceof Value.Text(String base64))) {
        throw new InvalidValueException("a hash is text");
      }
      path.add(Hash.fromBase64(base64));
    }
    return path;
  }

  private static Value.Obj object(Value item) {
    if (item instanceof Value.Obj object) {
      return object;
    }
    throw new InvalidValueException("an entry of a receipt is an object");
  }

  /** The file. */
  public byte[] toBytes() {
    List<Value> entries = new ArrayList<>();
    for (Item item : items.subList(0, items.size() - 1)) {
      List<String> path = item.path().stream().map(Hash::toBase64).toList();
      entries.add(value(item).with("path", Value.texts(path)));
    }
    entries.add(value(items.getLast()));
    var extra = Value.object("format", FORMAT, "version", 1, "entries", new Value.Array(entries));
    var last = items.getLast();
    long size = Checkpoint.parse(checkpoint.text()).head().size();
    return LogProof.of(
            CanonicalJson.bytes(extra),
            new InclusionProof(last.index(), size, last.path()),
            checkpoint)
        .toBytes();
  }

  /** Writes it; the file appears whole or not at all and is readable by its owner only. */
  public void save(Path file) {
    PrivateFile.write(file, out -> out.write(toBytes()));
  }

  private static Value.Obj value(Item item) {
    return PackForm.value(item.content()).with("index", Value.of(item.index()));
  }
}
