package dev.remit.evidence;

import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.Value;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A pack as assessment results of OSCAL 1.1.3 (JSON): one observation for each task class and
 * control objective that it serves, one finding for each objective.
 *
 * <p>It says what Remit recorded about work that serves an objective, in figures, and never that an
 * organisation meets it: a finding is {@code satisfied} when every call of that work had a known
 * outcome and every credential of it was proven gone. Equal packs give equal files. It proves
 * nothing: the pack, named by its digest in the back matter, does.
 */
public final class Oscal {

  private static final String VERSION = "1.1.3";
  private static final String NAMESPACE = "urn:remit:evidence";

  /** The URL name space of RFC 9562, section 6.6. */
  private static final UUID URLS = UUID.fromString("6ba7b811-9dad-11d1-80b4-00c04fd430c8");

  /** OSCAL's token: a letter or underscore first. */
  private static final Pattern NO_TOKEN = Pattern.compile("[^\\p{L}\\p{N}._-]");

  private static final Pattern OUTER_SPACE = Pattern.compile("^[\\s\\p{Z}]+|[\\s\\p{Z}]+$");

  private final VerificationReport report;
  private final ReportTally tally;
  private final String pack;
  private final String exportedAt;

  private Oscal(VerificationReport report, ReportTally tally, String pack, String exportedAt) {
    this.report = report;
    this.tally = tally;
    this.pack = pack;
    this.exportedAt = exportedAt;
  }

  /** Writes it to a file that appears whole or not at all. */
  public static void write(Path pack, VerificationReport report, Path file) {
    PrivateFile.write(file, out -> write(pack, report, out));
  }

  /**
   * Writes the assessment results of a pack.
   *
   * @param report of the same pack, by the keys that the reader brought
   */
  public static void write(Path pack, VerificationReport report, OutputStream to)
      throws IOException {
    var tally = new ReportTally();
    String exportedAt = "1970-01-01T00:00:00Z";
    try (var reader = EvidencePack.read(pack)) {
      for (var line = reader.next(); line.isPresent(); line = reader.next()) {
        switch (line.get()) {
          case PackLine.Header header ->
              exportedAt =
                  EntryCheck.isInstant(header.exportedAt()) ? header.exportedAt() : exportedAt;
          case PackLine.Covered covered ->
              tally.add(covered.content(), Optional.of(covered.index()));
          case PackLine.Pending pending -> tally.add(pending.content(), Optional.empty());
          case PackLine.Cosigned _, PackLine.Skipped _, PackLine.Checkpoint _, PackLine.End _ -> {}
        }
      }
    } catch (UncheckedIOException e) {
      throw new IOException("the pack cannot be read", e);
    }
    var oscal = new Oscal(report, tally, digest(pack), exportedAt);
    to.write(CanonicalJson.bytes(oscal.results()));
    to.write('\n');
  }

  private static String digest(Path pack) throws IOException {
    MessageDigest digest = LineReader.sha256();
    byte[] buffer = new byte[1 << 16];
    try (var in = Files.newInputStream(pack)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Task classes by the objective that they serve; what serves none is under the empty name. */
  private Map<String, List<String>> objectives() {
    var objectives = new TreeMap<String, List<String>>();
    for (String taskClass : tally.classes().keySet()) {
      if (!taskClass.isEmpty()) {
        for (String objective : tally.serves(taskClass)) {
          objectives.computeIfAbsent(objective, _ -> new ArrayList<>()).add(taskClass);
        }
      }
    }
    return objectives;
  }

  private Value.Obj results() {
    return Value.object(
        "assessment-results",
        Value.object(
            "uuid", uuid("document"),
            "metadata",
                Value.object(
                    "title",
                    "Evidence of " + tenant(),
                    "last-modified",
                    exportedAt,
                    "version",
                    "1",
                    "oscal-version",
                    VERSION),
            "import-ap", Value.object("href", "#" + uuid("plan")),
            "results", List.of(result()),
            "back-matter", Value.object("resources", resources())));
  }

  private String tenant() {
    return report.tenant().orElse("nobody");
  }

  private Value.Obj result() {
    var objectives = objectives();
    var observations = new ArrayList<Value>();
    var findings = new ArrayList<Value>();
    objectives.forEach((objective, classes) -> {
      classes.forEach(taskClass -> observations.add(observation(objective, taskClass)));
      findings.add(finding(objective, classes));
    });
    var result =
        Value.object(
            "uuid", uuid("result"),
            "title", "What Remit recorded",
            "description", description(),
            "start", tally.first().isEmpty() ? exportedAt : tally.first(),
            "end", tally.last().isEmpty() ? exportedAt : tally.last(),
            "props", List.of(property("verification", report.status().text())),
            "reviewed-controls", Value.object("control-selections", selections(objectives)));
    return observations.isEmpty()
        ? result
        : result
            .with("observations", new Value.Array(observations))
            .with("findings", new Value.Array(findings));
  }

  private String description() {
    return "The pack is "
        + report.status().text().replace('-', ' ')
        + ". Not checked: "
        + Printable.of(String.join("; ", report.notChecked()))
        + ".";
  }

  /** Objectives by framework, because a control's name means something in its own only. */
  private static List<Value> selections(Map<String, List<String>> objectives) {
    var byFramework = new TreeMap<String, TreeSet<String>>();
    objectives
        .keySet()
        .forEach(objective ->
            byFramework
                .computeIfAbsent(framework(objective), _ -> new TreeSet<>())
                .add(control(objective)));
    var selections = new ArrayList<Value>();
    byFramework.forEach((framework, controls) ->
        selections.add(
            Value.object(
                "description",
                "controls of " + framework,
                "props",
                List.of(property("framework", framework)),
                "include-controls",
                controls.stream().map(control -> Value.object("control-id", control)).toList())));
    if (selections.isEmpty()) {
      selections.add(
          Value.object(
              "description",
              "no task class of this pack says what control it serves",
              "include-controls",
              List.of(Value.object("control-id", "none"))));
    }
    return selections;
  }

  private static String framework(String objective) {
    int slash = objective.indexOf('/');
    return slash < 1 ? "unnamed" : text(objective.substring(0, slash));
  }

  /** A name as OSCAL's string, which is not empty and has no space at its ends. */
  private static String text(String name) {
    String text = OUTER_SPACE.matcher(Printable.of(name)).replaceAll("");
    return text.isEmpty() ? "unnamed" : text;
  }

  private static String control(String objective) {
    String name = objective.substring(objective.indexOf('/') + 1);
    String token = NO_TOKEN.matcher(name).replaceAll("_");
    return token.isEmpty() || !Character.isLetter(token.charAt(0)) ? "_" + token : token;
  }

  private Value.Obj observation(String objective, String taskClass) {
    var counts = counts(taskClass);
    return Value.object(
        "uuid", uuid("observation " + objective + " " + taskClass),
        "title", "Tasks of class " + text(taskClass),
        "description", words(counts),
        "props",
            List.of(
                property("task-class", text(taskClass)),
                property("serves", text(objective)),
                property("tasks", Long.toString(counts.tasks)),
                property("calls", Long.toString(counts.calls)),
                property("succeeded", Long.toString(counts.succeeded)),
                property("rejected", Long.toString(counts.rejected)),
                property("failed", Long.toString(counts.failed)),
                property("unknown", Long.toString(counts.unknown)),
                property("refused", Long.toString(counts.refused)),
                property("granted", Long.toString(counts.granted)),
                property("exposed", Long.toString(counts.exposed))),
        "methods", List.of("EXAMINE"),
        "types", List.of("control-objective"),
        "relevant-evidence",
            List.of(
                Value.object(
                    "href",
                    "#" + uuid("pack"),
                    "description",
                    "the evidence pack that these figures are counted in")),
        "collected", exportedAt);
  }

  private ReportTally.Counts counts(String taskClass) {
    return tally.classes().getOrDefault(taskClass, new ReportTally.Counts());
  }

  private static String words(ReportTally.Counts counts) {
    return counts.tasks
        + " tasks, "
        + counts.calls
        + " calls: "
        + counts.succeeded
        + " succeeded, "
        + counts.rejected
        + " rejected, "
        + counts.failed
        + " failed, "
        + counts.unknown
        + " with unknown outcome; "
        + counts.refused
        + " refused; "
        + counts.granted
        + " granted by people; "
        + counts.exposed
        + " credentials not proven gone at once";
  }

  private Value.Obj finding(String objective, List<String> classes) {
    boolean isSatisfied =
        classes.stream()
            .map(this::counts)
            .allMatch(counts ->
                counts.unknown == 0
                    && counts.exposed == 0
                    && counts.calls
                        <= counts.succeeded + counts.rejected + counts.failed + counts.unknown);
    return Value.object(
        "uuid", uuid("finding " + objective),
        "title", text(objective),
        "description",
            "Whether every recorded call of work that serves "
                + Printable.of(objective)
                + " has a known outcome, and every credential of it was proven gone. What else the"
                + " objective asks for is not assessed here.",
        "target",
            Value.object(
                "type", "objective-id",
                "target-id", control(objective),
                "status", Value.object("state", isSatisfied ? "satisfied" : "not-satisfied")),
        "related-observations",
            classes.stream()
                .map(taskClass ->
                    Value.object(
                        "observation-uuid", uuid("observation " + objective + " " + taskClass)))
                .toList());
  }

  private List<Value> resources() {
    return List.of(
        Value.object(
            "uuid",
            uuid("plan"),
            "title",
            "Plan",
            "description",
            "The policy versions that the entries of the pack name say what is done and"
                + " asked.",
            // A resource leads somewhere, or readers refuse the whole document: there is no plan
            // but this one.
            "rlinks",
            List.of(Value.object("href", "#" + uuid("plan")))),
        Value.object(
            "uuid",
            uuid("pack"),
            "title",
            "Evidence pack",
            "description",
            "The log " + report.origin().orElse("of nobody"),
            "rlinks",
            List.of(
                Value.object(
                    "href",
                    "urn:sha256:" + pack,
                    "hashes",
                    List.of(Value.object("algorithm", "SHA-256", "value", pack))))));
  }

  private static Value.Obj property(String name, String value) {
    return Value.object("name", name, "ns", NAMESPACE, "value", value);
  }

  /** A name of version 5 (RFC 9562, section 5.5), so that equal packs give equal files. */
  private String uuid(String name) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      digest.update(
          ByteBuffer.allocate(16)
              .putLong(URLS.getMostSignificantBits())
              .putLong(URLS.getLeastSignificantBits())
              .array());
      String url = NAMESPACE + ":" + pack + ":" + name;
      var hash = ByteBuffer.wrap(digest.digest(url.getBytes(StandardCharsets.UTF_8)));
      long high = (hash.getLong() & ~0xf000L) | 0x5000L;
      long low = (hash.getLong() & ~(3L << 62)) | (2L << 62);
      return new UUID(high, low).toString();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
