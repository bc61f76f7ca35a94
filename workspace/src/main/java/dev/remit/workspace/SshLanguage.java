package dev.remit.workspace;

import dev.remit.core.identity.Grade;
import dev.remit.core.value.Value;
import dev.remit.policy.Kinds;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Hosts that run OpenSSH: a catalogue of commands.
 *
 * <p>A command is a program and words, never a line for a shell. It is told what to do and never
 * where or for whom: the target names the host, and the host's record names the tenant.
 */
final class SshLanguage implements ConnectorLanguage {
  private static final Form ACCOUNT =
      Form.matching("an account's name", "x", "[a-z_][a-z0-9_-]{0,31}");
  private static final Form PROGRAM =
      Form.matching(
          "an absolute path of plain names that the endpoint's configuration lists",
          "/x",
          "(?:/[A-Za-z0-9_+-][A-Za-z0-9._+-]{0,60}){1,8}");
  private static final Form WORD =
      new Form(
          "one argument without control characters, with {argument} where a value goes",
          "x",
          SshLanguage::isWord);
  private static final Form ATTRIBUTE =
      new Form("the name of an attribute of the host", "x", Kinds::isAttributeName);
  private static final Form OUTPUT = Form.oneOf("text", "json");
  private static final Pattern HOLE = Pattern.compile("\\{([A-Za-z0-9_-]{1,64})}");
  private static final Pattern PART = Pattern.compile("[A-Z]?[a-z]+|[A-Z]+");
  private static final Set<String> OPERATION =
      Set.of("command", "exit", "output", "bytes", "owner", "fields", "withhold");

  /** Shells and languages: with one of them the catalogue has no end. */
  private static final Pattern INTERPRETER =
      Pattern.compile(
          "(?:sh|ash|bash|rbash|dash|zsh|ksh|mksh|csh|tcsh|fish|pwsh|busybox|toybox|env|xargs|eval"
              + "|su|ssh|awk|[gmn]awk|perl|python|pypy|ruby|lua|php|node|java|expect|tclsh)[0-9.]*");

  /** Others that run what they are told to. */
  private static final Pattern WRAPPER =
      Pattern.compile(
          "(?:nohup|setsid|chroot|unshare|nsenter|script|screen|tmux|find|sed|gdb|strace|watch|at"
              + "|parallel|crontab|vim?|emacs|less|more|man|scp|sftp|timeout|nice|ionice|stdbuf)");

  private static final List<String> PLACES =
      List.of(
          "tenant",
          "client",
          "customer",
          "company",
          "organisation",
          "organization",
          "host",
          "server",
          "computer",
          "machine",
          "device",
          "workstation",
          "fqdn",
          "address",
          "domain",
          "target");
  private static final Set<String> SHORT_PLACES = Set.of("org", "ip", "node", "site");

  private static boolean isWord(String text) {
    return text.length() <= 500
        && text.chars().noneMatch(c -> c < 32 || c == 127)
        && HOLE.matcher(text).replaceAll("").chars().noneMatch(c -> c == '{' || c == '}');
  }

  @Override
  public Set<String> operationNames() {
    return OPERATION;
  }

  @Override
  public void connector(Section section) {
    var broker = section.section("broker");
    broker.optionalText("kind", Form.PLAIN_NAME);
    broker.text("account", ACCOUNT);
    broker.duration("life");
    if (broker.has("skew")) {
      broker.duration("skew");
    }
    broker.close();
    if (section.section("inventory").names().size() > 1) {
      section.problem("inventory", "hosts are one kind of record; remove the others");
    }
  }

  @Override
  public void inventory(Section record) {
    var declared = new HashSet<String>();
    record.texts("attributes", ATTRIBUTE).forEach(name -> declared.add(name.text()));
    for (var name : record.optionalTexts("binding", ATTRIBUTE)) {
      if (!declared.contains(name.text())) {
        record.problem(name.origin(), "`" + name.text() + "` is not among the attributes");
      }
    }
  }

  @Override
  public void tickets(Section tickets) {
    tickets.problem(tickets.origin(), "tickets are read over http only; remove `tickets`");
  }

  @Override
  public void operation(Section operation, Set<String> arguments, Grade effect) {
    var targets = operation.optionalSection("targets").map(Section::names).orElse(Set.of());
    if (targets.size() != 1) {
      operation.problem("targets", "a command has one host as its target; name its argument");
    }
    var values = new HashSet<>(arguments);
    values.removeAll(targets);
    var used = command(operation, operation.section("command"), values);
    for (String name : values) {
      argument(operation, name, used.contains(name));
    }
    operation.optionalSection("exit").ifPresent(SshLanguage::exit);
    operation.optionalPositive("bytes", 4 * 1024 * 1024);
    boolean isJson = operation.optionalText("output", OUTPUT).filter("json"::equals).isPresent();
    operation.optionalText("owner", Form.POINTER);
    operation.optionalTexts("fields", Form.POINTER);
    operation.optionalTexts("withhold", Form.POINTER);
    for (String name : List.of("owner", "fields", "withhold")) {
      if (operation.has(name) && !isJson) {
        operation.problem(name, "`" + name + "` needs `output: json`");
      }
    }
  }

  /** Checks the words and answers which arguments they use. */
  private static Set<String> command(Section operation, Section command, Set<String> values) {
    var used = new HashSet<String>();
    interpreter(command, "program", command.text("program", PROGRAM));
    for (var word : command.optionalTexts("arguments", WORD)) {
      var matcher = HOLE.matcher(word.text());
      while (matcher.find()) {
        used.add(matcher.group(1));
        if (!values.contains(matcher.group(1))) {
          operation.problem(
              word.origin(),
              "`{"
                  + matcher.group(1)
                  + "}` is no argument that a command may have; the target's host is not passed on");
        }
      }
      var literal = HOLE.matcher(word.text()).replaceAll("");
      interpreter(command, "arguments", literal);
      int end = literal.indexOf('=');
      var option = end < 0 ? literal : literal.substring(0, end);
      if ((literal.startsWith("-") || end > 0) && namesPlace(option)) {
        operation.problem(
            word.origin(),
            "`" + option + "` names a tenant or a host; a command is never told where it runs");
      }
    }
    command.close();
    return used;
  }

  private static void interpreter(Section command, String name, String word) {
    var last = word.substring(word.lastIndexOf('/') + 1);
    boolean isPath = word.startsWith("/");
    if (INTERPRETER.matcher(last).matches() || (isPath && WRAPPER.matcher(last).matches())) {
      command.problem(
          name, "`" + word + "` runs other programs; name the program that does the work");
    }
  }

  private static void argument(Section operation, String name, boolean isUsed) {
    var schema = operation.value().object("arguments").orElse(Value.Obj.EMPTY);
    if (namesPlace(name)) {
      operation.problem(
          "arguments", "`" + name + "` names a tenant or a host; a command is never told where");
    }
    if (!isUsed) {
      operation.problem("arguments", "the command does not use `" + name + "`; remove it");
    }
    if (!schema.items("required").contains(Value.of(name))) {
      operation.problem("arguments", "`" + name + "` is part of a command; list it as required");
    }
    var property =
        schema.object("properties").flatMap(all -> all.object(name)).orElse(Value.Obj.EMPTY);
    var type = property.text("type").orElse("");
    boolean isBounded =
        type.equals("integer")
            || type.equals("boolean")
            || (type.equals("string")
                && (property.get("enum").isPresent() || property.text("pattern").isPresent()));
    if (!isBounded) {
      operation.problem(
          "arguments",
          "`" + name + "` must be an integer, a boolean, or a string with `pattern` or `enum`");
    }
  }

  /** Whether a part of the name is a word for a tenant or a host. */
  private static boolean namesPlace(String name) {
    var matcher = PART.matcher(name);
    while (matcher.find()) {
      var part = matcher.group().toLowerCase(Locale.ROOT);
      if (SHORT_PLACES.contains(part) || PLACES.stream().anyMatch(part::contains)) {
        return true;
      }
    }
    return false;
  }

  private static void exit(Section exit) {
    var seen = new HashSet<Long>();
    for (String name : List.of("done", "rejected", "failed")) {
      exit.any(name)
          .flatMap(value -> objection(value, seen))
          .ifPresent(words -> exit.problem(name, "`" + name + "` " + words));
    }
    exit.close();
  }

  private static Optional<String> objection(Value value, Set<Long> seen) {
    if (!(value instanceof Value.Array(List<Value> items)) || items.isEmpty()) {
      return Optional.of("must be a list of exit codes");
    }
    for (Value item : items) {
      if (!(item instanceof Value.Int(long code)) || code < 0 || code > 255) {
        return Optional.of("must be a list of exit codes from 0 to 255");
      }
      if (!seen.add(code)) {
        return Optional.of("has the exit code " + code + " that means something already");
      }
    }
    return Optional.empty();
  }
}
