package dev.remit.log;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads a policy file line by line (C2SP tlog-policy "Policy file syntax and structure").
 *
 * <p>Bytes stand for themselves (ISO 8859-1 inside); only key names are decoded as UTF-8. Beyond
 * the specification, a witness with the key of a log is refused: a log does not witness itself.
 */
final class PolicyReader {
  private static final Pattern SPACE = Pattern.compile("[ \t]+");
  private static final int LIMIT_DEFINITIONS = 1000;

  private final List<LogVerifier> logs = new ArrayList<>();
  private final Map<String, CosignatureVerifier> witnesses = new LinkedHashMap<>();
  private final Map<String, Quorum> defined = new HashMap<>();
  private final Set<String> members = new java.util.HashSet<>();
  private final List<VerifierKey> keys = new ArrayList<>();
  private Optional<Quorum> quorum = Optional.empty();

  TrustPolicy read(byte[] file) {
    for (byte octet : file) {
      if (octet != '\t' && octet != '\n' && ((octet >= 0 && octet < ' ') || octet == 0x7f)) {
        throw new InvalidLogDataException("a policy has no control characters but tab and newline");
      }
    }
    int number = 0;
    for (String line : new String(file, StandardCharsets.ISO_8859_1).split("\n", -1)) {
      number++;
      try {
        line(List.of(SPACE.split(trimmed(line))));
      } catch (InvalidLogDataException e) {
        throw new InvalidLogDataException("line " + number + ": " + e.getMessage());
      }
    }
    return new TrustPolicy(
        logs,
        witnesses,
        quorum.orElseThrow(() -> new InvalidLogDataException("a policy has one quorum line")));
  }

  private static String trimmed(String line) {
    int from = 0;
    int to = line.length();
    while (from < to && isSpace(line.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(line.charAt(to - 1))) {
      to--;
    }
    return line.substring(from, to);
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }

  private void line(List<String> words) {
    String first = words.getFirst();
    if (first.isEmpty() || first.startsWith("#")) {
      return;
    }
    if (defined.size() + logs.size() > LIMIT_DEFINITIONS) {
      throw new InvalidLogDataException("a policy has at most " + LIMIT_DEFINITIONS + " lines");
    }
    switch (first) {
      case "log" -> log(words);
      case "witness" -> witness(words);
      case "group" -> group(words);
      case "quorum" -> quorum(words);
      default ->
          throw new InvalidLogDataException("a line begins with log, witness, group or quorum");
    }
  }

  private void log(List<String> words) {
    between(words, 2, 3, "log VKEY [URL]");
    logs.add(LogVerifier.of(key(words.get(1))));
  }

  private void witness(List<String> words) {
    between(words, 3, 4, "witness NAME VKEY [URL]");
    define(words.get(1), new Quorum.Witness(words.get(1)));
    witnesses.put(words.get(1), CosignatureVerifier.of(key(words.get(2))));
  }

  private VerifierKey key(String octets) {
    byte[] bytes = octets.getBytes(StandardCharsets.ISO_8859_1);
    VerifierKey key = VerifierKey.parse(NoteText.decode(bytes));
    if (keys.stream().anyMatch(key::isSameKeyAs)) {
      throw new InvalidLogDataException("this key stands in the policy already");
    }
    keys.add(key);
    return key;
  }

  private void group(List<String> words) {
    between(words, 4, LIMIT_DEFINITIONS, "group NAME all|any|N MEMBER...");
    List<String> names = words.subList(3, words.size());
    List<Quorum> parts = new ArrayList<>();
    for (String name : names) {
      parts.add(find(name));
      if (!members.add(name)) {
        throw new InvalidLogDataException("`" + name + "` is a member already");
      }
    }
    int threshold =
        switch (words.get(2)) {
          case "all" -> parts.size();
          case "any" -> 1;
          default ->
              (int) Math.min(Decimal.parse(words.get(2), "a threshold"), LIMIT_DEFINITIONS + 1);
        };
    define(words.get(1), new Quorum.Group(words.get(1), threshold, parts));
  }

  private void quorum(List<String> words) {
    between(words, 2, 2, "quorum NAME");
    if (quorum.isPresent()) {
      throw new InvalidLogDataException("a policy has one quorum line");
    }
    quorum = Optional.of(words.get(1).equals("none") ? new Quorum.None() : find(words.get(1)));
  }

  private Quorum find(String name) {
    Quorum found = defined.get(name);
    if (found == null) {
      throw new InvalidLogDataException("`" + name + "` is not defined above");
    }
    return found;
  }

  private void define(String name, Quorum quorum) {
    if (name.equals("none") || defined.putIfAbsent(name, quorum) != null) {
      throw new InvalidLogDataException("the name `" + name + "` is taken");
    }
  }

  private static void between(List<String> words, int least, int most, String form) {
    if (words.size() < least || words.size() > most) {
      throw new InvalidLogDataException("the line should be `" + form + "`");
    }
  }
}
