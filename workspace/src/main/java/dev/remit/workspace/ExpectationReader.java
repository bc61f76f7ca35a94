package dev.remit.workspace;

import dev.remit.core.decision.ReasonCode;
import dev.remit.core.value.Value;
import dev.remit.workspace.scenario.Expected;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a case expects: {@code permit}, a mapping with {@code ask}, or one with {@code deny}. */
final class ExpectationReader {
  private static final String WHAT = "`permit`, a mapping with `ask`, or one with `deny`";
  private static final Form RULE =
      Form.matching("the id of a rule", "x", "[a-z0-9][a-z0-9.-]{0,126}");
  private static final Form CODE =
      new Form(
          "a reason code, `unknown-tool` or `invalid-arguments`",
          "no-permit",
          text ->
              Expected.Denied.FORMS.contains(text)
                  || Arrays.stream(ReasonCode.values()).anyMatch(code -> code.code().equals(text)));
  private static final Form HEARD =
      new Form(
          "a code that agents hear",
          "not-permitted",
          text ->
              Arrays.stream(ReasonCode.values()).anyMatch(code -> code.agentCode().equals(text)));

  private ExpectationReader() {}

  static Expected read(Section one) {
    var then = one.any("then");
    if (then.isEmpty()) {
      one.problem(one.origin(), "`then` is missing; add " + WHAT);
    } else if (then.get() instanceof Value.Obj) {
      return one.optionalSection("then")
          .map(ExpectationReader::of)
          .orElse(new Expected.Permitted());
    } else if (!then.get().equals(Value.of("permit"))) {
      one.problem("then", "`then` must be " + WHAT);
    }
    return new Expected.Permitted();
  }

  private static Expected of(Section then) {
    var expected = then.has("ask") ? asks(then) : denied(then);
    then.close();
    return expected;
  }

  private static Expected asks(Section then) {
    return new Expected.Asks(texts(then, "ask"), texts(then, "from"));
  }

  private static Expected denied(Section then) {
    var code = then.text("deny", CODE);
    Optional<String> heard = then.optionalText("heard", HEARD);
    return new Expected.Denied(code, texts(then, "by"), heard);
  }

  private static Set<String> texts(Section then, String name) {
    var form = name.equals("from") ? Asking.FROM : RULE;
    return then.optionalTexts(name, form).stream()
        .map(Section.Located::text)
        .collect(Collectors.toSet());
  }
}
