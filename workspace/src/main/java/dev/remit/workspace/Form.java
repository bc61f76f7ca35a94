package dev.remit.workspace;

import dev.remit.core.identity.SpiffeId;
import dev.remit.core.value.InvalidValueException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The form of a text in a workspace.
 *
 * @param what the form in words, for messages
 * @param standIn a text of that form
 */
record Form(String what, String standIn, Predicate<String> test) {
  /** Lower-case letters, digits and hyphens: names of tenants, agents, task classes, groups. */
  static final Form SLUG =
      matching("a lower-case name", "x", "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

  /** A name of a window: as a slug, and it begins with a letter. */
  static final Form WINDOW =
      matching("a lower-case name", "x", "[a-z](?:[a-z0-9-]{0,29}[a-z0-9])?");

  /** A name that the server's own configuration gives a meaning to. */
  static final Form PLAIN_NAME =
      matching(
          "a plain name that the server's configuration lists (no address, path or command)",
          "x",
          "[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?");

  /** The subject of a workload's token. */
  static final Form SUBJECT =
      matching("the subject of a token", "x", "[A-Za-z0-9][A-Za-z0-9._:@-]{0,254}");

  /** The subject of a workload's token; some issuers write paths into it. */
  static final Form WORKLOAD_SUBJECT =
      matching("the subject of a token", "x", "[A-Za-z0-9][A-Za-z0-9._:@/|=+-]{0,254}");

  /** The name of a workload in a trust domain. */
  static final Form SPIFFE_ID =
      new Form("a spiffe id such as spiffe://example.org/agent", "spiffe://x/x", Form::isSpiffeId);

  /** The name of a claim, or a pointer into the claims. */
  static final Form CLAIM =
      matching(
          "the name of a claim, or a json pointer such as /a/b",
          "x",
          "[A-Za-z][A-Za-z0-9._:-]{0,127}"
              + "|(?:/(?:[A-Za-z0-9._:-]|~[01]){1,128}){2,8}"
              + "|/(?=[^/]*~1)(?:[A-Za-z0-9._:-]|~[01]){1,128}");

  /** The whole text of a claim. */
  static final Form CLAIM_VALUE =
      matching("the text of a claim", "x", "[^\\p{Cntrl}\\s][^\\p{Cntrl}]{0,254}");

  /** One line of words for people. */
  static final Form WORDS = matching("one line of words", "x", "\\S(?:[^\\p{Cntrl}]{0,498}\\S)?");

  /** A text of several lines for people. */
  static final Form PROSE =
      new Form("text", "x", text -> !text.isBlank() && text.length() <= 4_000);

  /** An identifier of another system, kept as it is. */
  static final Form EXTERNAL_ID = matching("an identifier in quotes", "x", "[!-~]{1,128}");

  /** A JSON Pointer (RFC 6901); the empty text is the whole value. */
  static final Form POINTER =
      matching("a json pointer such as /a/b", "/x", "(?:/[^\\p{Cntrl}]{0,200})?");

  static Form matching(String what, String standIn, String regex) {
    var pattern = Pattern.compile(regex);
    return new Form(what, standIn, text -> pattern.matcher(text).matches());
  }

  static Form oneOf(String first, String... others) {
    var all = new java.util.ArrayList<>(List.of(first));
    all.addAll(Arrays.asList(others));
    var words = Set.copyOf(all);
    String what =
        all.size() == 1
            ? "`" + first + "`"
            : String.join(", ", all.subList(0, all.size() - 1)) + " or " + all.getLast();
    return new Form(what, first, words::contains);
  }

  private static boolean isSpiffeId(String text) {
    try {
      return SpiffeId.parse(text).text().equals(text);
    } catch (InvalidValueException e) {
      return false;
    }
  }

  boolean accepts(String text) {
    return test.test(text);
  }
}
