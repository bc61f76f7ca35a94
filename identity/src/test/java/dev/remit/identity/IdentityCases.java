package dev.remit.identity;

import dev.remit.core.identity.Authenticator.Authentication;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All identity cases, in the order of the page; each list is made by the class that runs it. */
final class IdentityCases {

  /** Each with its answer, run once. */
  private static final Map<IdentityCase, Authentication> ANSWERS = new LinkedHashMap<>();

  private IdentityCases() {}

  static synchronized Authentication answer(IdentityCase one) {
    return ANSWERS.computeIfAbsent(one, run -> run.run().get());
  }

  private static List<IdentityCase> made() {
    var all = new ArrayList<IdentityCase>();
    all.addAll(SvidCases.all());
    all.addAll(JwtSvidCases.all());
    all.addAll(AccessTokenCases.all());
    all.addAll(BoundTokenCases.all());
    all.addAll(PlatformTokenCases.all());
    all.addAll(AssertionCases.all());
    return all;
  }

  private static final List<IdentityCase> ALL = List.copyOf(made());

  static List<IdentityCase> all() {
    return ALL;
  }

  /** The tables of the page. */
  static String tables() {
    var groups = new LinkedHashMap<String, List<IdentityCase>>();
    all().forEach(one -> groups.computeIfAbsent(one.group(), _ -> new ArrayList<>()).add(one));
    var page = new StringBuilder();
    int number = 1;
    for (var group : groups.entrySet()) {
      page.append("## ").append(group.getKey()).append("\n\n");
      page.append(
          """
          | | what comes | what becomes of it | rule | what the log says |
          |---|---|---|---|---|
          """);
      for (var one : group.getValue()) {
        page.append(one.row(number, answer(one))).append('\n');
        number++;
      }
      page.append('\n');
    }
    return page.toString().stripTrailing() + "\n";
  }
}
