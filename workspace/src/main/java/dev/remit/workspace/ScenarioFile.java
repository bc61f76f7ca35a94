package dev.remit.workspace;

import dev.remit.core.value.Value;
import dev.remit.workspace.Names.Kind;
import dev.remit.workspace.YamlNode.Members;
import dev.remit.workspace.scenario.Scenario;
import dev.remit.workspace.scenario.Scenario.Asked;
import dev.remit.workspace.scenario.Scenario.Case;
import dev.remit.workspace.scenario.Scenario.When;
import dev.remit.workspace.scenario.ScenarioRun;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code scenarios/NAME.yaml}: threat scenarios, tried by {@code remit check}.
 *
 * <p>What the scenario gives holds for each of its cases; a case changes it member by member.
 */
final class ScenarioFile {
  private static final Form THREAT =
      Form.matching(
          "such as `owasp-asi-2026/ASI02` or `remit-hostile/H04`",
          "remit-hostile/H01",
          "owasp-asi-2026/ASI(?:0[1-9]|10)|owasp-nhi-2025/NHI(?:[1-9]|10)"
              + "|remit-hostile/H(?:0[1-9]|[12][0-9]|3[0-5])");
  private static final Form TOOL =
      Form.matching("the name of a tool", "x_x", "[a-z][a-z0-9]*_[a-z0-9_]{1,80}");
  private static final Form ASKED = Form.oneOf("remit", "policy");

  private final Section section;
  private final Names names;
  private final Set<String> titles = new HashSet<>();

  private ScenarioFile(Section section, Names names) {
    this.section = section;
    this.names = names;
  }

  static Scenario read(Section section, Names names) {
    return new ScenarioFile(section, names).read();
  }

  private Scenario read() {
    var name = section.text("scenario", Form.SLUG);
    var about = section.text("about", Form.PROSE);
    var threats = threats(section);
    section.optionalSection("given");
    section.optionalSection("when");
    if (!section.has("cases")) {
      section.problem(section.origin(), "`cases` is missing; add a list of mappings");
    }
    var cases = new ArrayList<Case>();
    for (var one : section.optionalSections("cases")) {
      cases.add(read(one, name, threats));
    }
    section.close();
    return new Scenario(name, about, cases);
  }

  private Case read(Section one, String scenario, Set<String> common) {
    var title = one.text("case", Form.WORDS);
    if (!titles.add(title)) {
      one.problem("case", "`" + title + "` is there twice");
    }
    var threats = new HashSet<>(common);
    threats.addAll(threats(one));
    one.optionalSection("given");
    one.optionalSection("when");
    var when = patched(one, "when");
    var given = withApproved(patched(one, "given"), when);
    var then = ExpectationReader.read(one);
    one.close();
    return new Case(
        scenario,
        title,
        threats,
        new SuppositionReader(section.part(given), names).read(),
        when(section.part(when)),
        then,
        one.origin("case"));
  }

  private static Set<String> threats(Section of) {
    return of.optionalTexts("threats", THREAT).stream()
        .map(Section.Located::text)
        .collect(Collectors.toSet());
  }

  private Members patched(Section one, String name) {
    var over = Patch.member(one.members(), name);
    return Patch.of(Patch.member(section.members(), name), over);
  }

  /** People were shown what is called now and what is known now, but for what is said here. */
  private static Members withApproved(Members given, Members when) {
    if (!given.members().containsKey("approved")) {
      return given;
    }
    var approved = Patch.member(given, "approved");
    for (var part : Map.of("arguments", when, "records", given).entrySet()) {
      String name = part.getKey();
      approved =
          Patch.with(
              approved,
              name,
              Patch.of(Patch.member(part.getValue(), name), Patch.member(approved, name)));
    }
    return Patch.with(given, "approved", approved);
  }

  private When when(Section when) {
    var tool = when.text("tool", TOOL);
    if (when.has("tool") && !tool.equals(ScenarioRun.OPENING)) {
      names.refer(Kind.TOOL, tool, when.origin("tool"));
    }
    var arguments = when.optionalSection("arguments").map(Section::value).orElse(Value.Obj.EMPTY);
    var asked = when.optionalText("asked", ASKED).orElse("remit");
    when.close();
    return new When(tool, arguments, asked.equals("policy") ? Asked.POLICY : Asked.REMIT);
  }
}
