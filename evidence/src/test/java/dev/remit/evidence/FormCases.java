package dev.remit.evidence;

import static dev.remit.evidence.SampleLog.pack;

import dev.remit.core.value.Value;
import dev.remit.log.Checkpoint;
import dev.remit.log.Frontier;
import dev.remit.log.MerkleTree;
import dev.remit.log.Origin;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;

/** Spellings and shapes of JSON that are not those of a pack. */
final class FormCases {
  private final CaseList cases;
  private final SampleLog log = CaseList.witnessed();
  private final String text =
      new String(pack(log.export(log.note(6, Witnesses.TWO))), StandardCharsets.UTF_8);

  FormCases(CaseList cases) {
    this.cases = cases;
  }

  void gather() {
    headers();
    files();
    tenants();
    times();
  }

  /** Spellings of a number, and what is none. */
  private void headers() {
    String version = "\"version\":1";
    for (String other :
        List.of(
            "\"version\":1.0",
            "\"version\":1e0",
            "\"version\":01",
            "\"version\":-1",
            "\"version\":\"1\"",
            "\"version\":null",
            "\"version\":true",
            "\"version\":[1]",
            "\"version\":2",
            "\"version\":9007199254740993",
            "\"version\":1e999",
            "\"version\":-0",
            "\"version\":1,\"version\":1",
            "\"version\": 1",
            "\"version\":1 ",
            "\"version\":1,",
            "\"version\":0.1",
            "\"\\u0076ersion\":1",
            "\"version\":\u00a01",
            "\"version\":+1",
            "\"version\":{}",
            "\"version\":" + "[".repeat(70) + "]".repeat(70),
            "\"version\":\"\\ud800\"",
            "\"version\":\"\\x\"",
            "\"version\":\"\u0001\"",
            "\"version\":tru",
            "\"version\":NaN",
            "\"version\":'1'",
            "\"version\":1//")) {
      cases.bad(
          "header with " + other,
          text.replaceFirst(version, Matcher.quoteReplacement(other))
              .getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Files that are no pack or more than one. */
  private void files() {
    for (String all :
        List.of(
            "",
            "\n",
            "{}\n",
            "[]\n",
            "null\n",
            "\"a\"\n",
            "1\n",
            "{\"end\":1}\n",
            "\ufeff" + text,
            " " + text,
            text + "\n",
            text + text,
            text + "{}\n",
            text.replace("\n", "\r\n"),
            "c2sp.org/tlog-proof@v1",
            "c2sp.org/tlog-proof@v1\n\n",
            "c2sp.org/tlog-proof@v1\nextra \nindex 0\n\n")) {
      cases.bad(
          "pack is " + all.length() + " " + all.hashCode(), all.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Names that no tenant has. */
  private void tenants() {
    for (String tenant : List.of("Harbor", "-a", "a-", "a".repeat(64), "", "_other", "ä")) {
      cases.bad(
          "tenant " + tenant,
          text.replace("harbor-dental", tenant).getBytes(StandardCharsets.UTF_8));
    }
  }

  private void times() {
    for (String at :
        List.of(
            "2026-02-29T10:00:00Z",
            "2026-03-01T24:00:00Z",
            "2026-03-01T10:00Z",
            "2026-03-01T10:00:00.10Z",
            "2026-03-01T10:00:00.000Z",
            "+12026-03-01T10:00:00Z",
            "2026-03-01T10:00:60Z",
            "2026-13-01T10:00:00Z",
            "2026-03-01t10:00:00Z",
            "2026-03-01T10:00:00+00:00",
            "2026-03-01T10:00:00.100000Z",
            "2024-02-29T23:59:59.123456789Z",
            "0000-01-01T00:00:00Z")) {
      time(at);
    }
  }

  /** An entry at a time, in a log that is signed over it. */
  private void time(String at) {
    var odd = SampleLog.complete();
    var entry = (Value.Obj) odd.export().items("entries").getFirst();
    String leaf = entry.text("leaf").orElseThrow().replace("2026-03-01T10:00:00Z", at);
    var frontier = new Frontier();
    frontier.append(MerkleTree.hashLeaf(leaf.getBytes(StandardCharsets.UTF_8)));
    var origin = new Origin("remit/" + SampleLog.INSTALLATION + "/harbor-dental");
    String note = new Checkpoint(origin, frontier.head()).sign(SampleLog.SIGNER).toString();
    var export =
        odd.export(note)
            .with("entries", new Value.Array(List.of(entry.with("leaf", Value.of(leaf)))))
            .with("pending", new Value.Array(List.of()));
    boolean isGood = at.startsWith("2024") || at.startsWith("0000");
    cases.add(isGood, "an entry at " + at, CaseList.KEYS, pack(export));
  }
}
