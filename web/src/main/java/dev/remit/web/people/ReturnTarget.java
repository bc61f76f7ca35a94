package dev.remit.web.people;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where people come back to after sign-in: paths of our own in a closed form, so that nobody is
 * ever sent elsewhere.
 */
final class ReturnTarget {

  /** Where people come to who wanted nothing special. */
  static final String HOME = "/console/";

  private static final int LONGEST = 300;
  private static final List<Pattern> OWN =
      List.of(
          Pattern.compile("/console/([A-Za-z0-9_-][A-Za-z0-9._-]*/?){0,6}"),
          Pattern.compile("/signin/cli/[1-9][0-9]{3,4}/[A-Za-z0-9_-]{43}/[A-Za-z0-9_-]{22,86}"));

  private ReturnTarget() {}

  /** The path if it is one of ours in its one spelling; else the home page. */
  static String of(Optional<String> path) {
    return path.filter(text -> text.length() <= LONGEST)
        .filter(text -> OWN.stream().anyMatch(form -> form.matcher(text).matches()))
        .orElse(HOME);
  }

  /** The sign-in page that leads back to this path. */
  static String signIn(String path) {
    String target = of(Optional.of(path));
    return target.equals(HOME) ? "/signin" : "/signin?return=" + target;
  }
}
