package dev.remit.evidence.reconcile;

import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A vendor's log as the client exported it.
 *
 * <p>JSON logs are one document (an array, or an object with the array in {@code activities} or
 * {@code value}), or one such document or record a line. A record that cannot be read is refused
 * and never skipped.
 */
public record VendorLog(List<Act> acts) {

  private static final long LIMIT_BYTES = 512L << 20;

  /** The shapes that are known. */
  public enum Format {
    /** Activities of an RMM in the shape of NinjaOne's {@code /v2/activities}. */
    NINJAONE,
    /** Sign-ins in the shape of Microsoft Graph's {@code signIn}. */
    ENTRA_SIGN_IN,
    /** Changes of a directory in the shape of Microsoft Graph's {@code directoryAudit}. */
    ENTRA_AUDIT,
    /** RFC 4180 with a line of names, read by the rules' {@code columns}. */
    CSV
  }

  public VendorLog {
    acts = List.copyOf(acts);
  }

  /** Reads a file. */
  public static VendorLog read(Path file, Format format, Rules rules) throws IOException {
    if (Files.size(file) > LIMIT_BYTES) {
      throw new InvalidValueException("`" + file.getFileName() + "` is larger than 512 MiB");
    }
    return parse(Files.readString(file, StandardCharsets.UTF_8), format, rules);
  }

  static VendorLog parse(String text, Format format, Rules rules) {
    return new VendorLog(
        switch (format) {
          case NINJAONE -> NinjaOne.acts(records(text));
          case ENTRA_SIGN_IN -> records(text).stream().map(Entra::signIn).toList();
          case ENTRA_AUDIT -> records(text).stream().map(Entra::audit).toList();
          case CSV -> Csv.acts(text, rules.columns());
        });
  }

  private static List<Value.Obj> records(String text) {
    List<Value.Obj> records = new ArrayList<>();
    String whole = text.startsWith("\ufeff") ? text.substring(1) : text;
    try {
      add(Json.parse(whole.strip()), records);
      return records;
    } catch (InvalidValueException e) {
      return lines(whole, e);
    }
  }

  private static List<Value.Obj> lines(String text, InvalidValueException asWhole) {
    List<Value.Obj> records = new ArrayList<>();
    List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
    if (lines.size() < 2) {
      throw asWhole;
    }
    long number = 0;
    for (String line : lines) {
      number++;
      try {
        add(Json.parse(line), records);
      } catch (InvalidValueException e) {
        throw new InvalidValueException(
            "the log is neither one JSON text nor one a line; record "
                + number
                + ": "
                + e.getMessage());
      }
    }
    return records;
  }

  private static void add(Value document, List<Value.Obj> records) {
    switch (document) {
      case Value.Array(List<Value> items) -> items.forEach(item -> add(item, records));
      case Value.Obj object -> {
        if (object.get("activities").isPresent() || isPage(object)) {
          object.items("activities").forEach(item -> add(item, records));
          object.items("value").forEach(item -> add(item, records));
        } else {
          records.add(object);
        }
      }
      case Value.Null _, Value.Bool _, Value.Int _, Value.Real _, Value.Text _ ->
          throw new InvalidValueException("a record of the log is an object");
    }
  }

  private static boolean isPage(Value.Obj object) {
    return object.get("value").orElse(Value.Null.NULL) instanceof Value.Array;
  }

  Optional<Instant> first() {
    return acts.stream().map(Act::at).min(Instant::compareTo);
  }

  Optional<Instant> last() {
    return acts.stream().map(Act::at).max(Instant::compareTo);
  }
}
