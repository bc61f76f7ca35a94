package dev.remit.evidence;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import java.util.Iterator;
import java.util.List;

/**
 * What a pack is written from. Entries are taken one by one and once only.
 *
 * @param header as in {@code docs/reference/evidence.md}; origin and installation may be missing
 * @param cosigned earlier checkpoints that witnesses cosigned, smallest first, as note text
 * @param checkpoint the latest signed checkpoint, with whatever cosignatures it has
 * @param entries from index 0 on ({@code index}, {@code leaf}, and together or not at all {@code
 *     salt} and {@code body}); those beyond the checkpoint are written as pending
 * @param pending stored and not in the log yet
 */
public record PackExport(
    Value.Obj header,
    List<String> cosigned,
    String checkpoint,
    Iterator<Value.Obj> entries,
    Iterator<Value.Obj> pending) {

  public PackExport {
    cosigned = List.copyOf(cosigned);
  }

  /** From one object of these members, as it comes over the wire. */
  static PackExport of(Value.Obj export) {
    return new PackExport(
        PackForm.required(export.object("header"), "an export has a header"),
        export.items("cosigned").stream().map(PackExport::text).toList(),
        PackForm.required(
            export.text("checkpoint"),
            "this log has no signed checkpoint yet; export again in a moment"),
        export.items("entries").stream().map(PackExport::object).iterator(),
        export.items("pending").stream().map(PackExport::object).iterator());
  }

  private static String text(Value item) {
    if (item instanceof Value.Text(String text)) {
      return text;
    }
    throw new InvalidValueException("a cosigned checkpoint is the text of a note");
  }

  private static Value.Obj object(Value item) {
    if (item instanceof Value.Obj object) {
      return object;
    }
    throw new InvalidValueException("an entry of an export is an object");
  }
}
