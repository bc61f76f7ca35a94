package dev.remit.evidence;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.log.Hash;
import java.util.Iterator;
import java.util.List;

/**
 * What a pack is written from. Entries are taken one by one and once only.
 *
 * @param header as in {@code docs/reference/evidence.md}; origin and installation may be missing
 * @param cosigned earlier checkpoints that witnesses cosigned, smallest first, as note text
 * @param checkpoint the latest signed checkpoint, with whatever cosignatures it has
 * @param before what is left out before the entries
 * @param after what is left out between the entries and the checkpoint's size
 * @param entries from index 0, or the end of what is left out before, on ({@code index}, {@code
 *     leaf}, and together or not at all {@code salt} and {@code body}); those beyond the checkpoint
 *     are written as pending
 * @param pending stored and not in the log yet
 */
public record PackExport(
    Value.Obj header,
    List<String> cosigned,
    String checkpoint,
    List<Skip> before,
    Iterator<Value.Obj> entries,
    List<Skip> after,
    Iterator<Value.Obj> pending) {

  public PackExport {
    cosigned = List.copyOf(cosigned);
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /** A whole log: nothing is left out. */
  public PackExport(
      Value.Obj header,
      List<String> cosigned,
      String checkpoint,
      Iterator<Value.Obj> entries,
      Iterator<Value.Obj> pending) {
    this(header, cosigned, checkpoint, List.of(), entries, List.of(), pending);
  }

  /** Entries that are left out, as hashes in base64. */
  public record Skip(long until, List<String> hashes) {
    public Skip {
      hashes = List.copyOf(hashes);
    }

    static Skip of(LeftOut out) {
      return new Skip(out.until(), out.hashes().stream().map(Hash::toBase64).toList());
    }

    LeftOut out() {
      return new LeftOut(until, hashes.stream().map(Hash::fromBase64).toList());
    }
  }

  /** From one object of these members, as it comes over the wire. */
  static PackExport of(Value.Obj export) {
    return new PackExport(
        PackForm.required(export.object("header"), "an export has a header"),
        export.items("cosigned").stream().map(PackExport::text).toList(),
        PackForm.required(
            export.text("checkpoint"),
            "this log has no signed checkpoint yet; export again in a moment"),
        export.items("before").stream().map(PackExport::skip).toList(),
        export.items("entries").stream().map(PackExport::object).iterator(),
        export.items("after").stream().map(PackExport::skip).toList(),
        export.items("pending").stream().map(PackExport::object).iterator());
  }

  private static String text(Value item) {
    if (item instanceof Value.Text(String text)) {
      return text;
    }
    throw new InvalidValueException("a cosigned checkpoint is the text of a note");
  }

  private static Skip skip(Value item) {
    return Skip.of(LeftOut.parse(object(item)));
  }

  private static Value.Obj object(Value item) {
    if (item instanceof Value.Obj object) {
      return object;
    }
    throw new InvalidValueException("an entry of an export is an object");
  }
}
