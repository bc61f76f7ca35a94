package dev.remit.workspace;

import dev.remit.core.identity.Grade;
import dev.remit.core.value.Value;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/**
 * Directories: acts that are declared, accounts that live for a moment, groups that give rights.
 *
 * <p>{@code {owner}} stands for the tenant's own name in the directory, never for an argument.
 */
final class LdapLanguage implements ConnectorLanguage {
  private static final Form NAME =
      new Form(
          "a distinguished name such as ou=people,dc=example", "o=x", text -> isName(text, false));
  private static final Form GROUP =
      new Form(
          "a distinguished name such as cn=reset-{owner},ou=rights,dc=example",
          "o=x",
          text -> isName(text, true));
  private static final Form ATTRIBUTE =
      new Form("the name of an attribute that holds no secret", "x", text -> isAttribute(text));
  private static final Form PLACE =
      new Form(
          "the name of an attribute that holds no secret, {admins} or {break-glass}",
          "x",
          text -> text.equals("{admins}") || text.equals("{break-glass}") || isAttribute(text));
  private static final Form VALUE = Form.matching("one line of text", "x", "[ -~]{1,200}");
  private static final Form ACT = Form.oneOf("read", "list-members", "reset-password", "disable");
  private static final Form KEPT = Form.oneOf("ssha", "plain", "unicode-pwd");
  private static final Form SET = Form.oneOf("extended", "ssha", "plain", "unicode-pwd");
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,62}");
  private static final Pattern SECRET =
      Pattern.compile(".*(?:password|pwdhistory|unicodepwd|principalkey|admpwd).*");
  private static final Set<String> OPERATION =
      Set.of("act", "show", "rows", "password", "must-change", "set");

  private final EnumSet<Grade> grades = EnumSet.noneOf(Grade.class);
  private boolean isProtecting;

  private static boolean isAttribute(String text) {
    return PLAIN.matcher(text).matches()
        && !SECRET.matcher(text.toLowerCase(Locale.ROOT)).matches();
  }

  private static boolean isName(String text, boolean mayNameOwner) {
    var without = mayNameOwner ? text.replace("{owner}", "x") : text;
    if (text.length() > 500 || without.contains("{") || without.contains("}")) {
      return false;
    }
    try {
      return !new LdapName(without).isEmpty();
    } catch (InvalidNameException e) {
      return false;
    }
  }

  @Override
  public Set<String> operationNames() {
    return OPERATION;
  }

  @Override
  public void connector(Section section) {
    section.optionalText("member", ATTRIBUTE);
    var broker = section.section("broker");
    broker.optionalText("kind", Form.PLAIN_NAME);
    broker.duration("life");
    accounts(broker.section("accounts"));
    rights(broker.section("rights"));
    broker.close();
    section
        .optionalSection("protected")
        .ifPresent(part -> {
          isProtecting = true;
          circle(part.section("admins"));
          circle(part.section("break-glass"));
          part.close();
        });
    section.section("inventory");
  }

  private static void accounts(Section accounts) {
    accounts.text("base", NAME);
    accounts.optionalText("password", KEPT);
    accounts.optionalTexts("classes", ATTRIBUTE);
    var standing = accounts.optionalTexts("standing", NAME);
    accounts.optionalText("mark", ATTRIBUTE);
    if (standing.isEmpty() && accounts.has("mark")) {
      accounts.problem("mark", "only `standing` accounts are marked; remove it");
    }
    accounts.close();
  }

  private void rights(Section rights) {
    rights.text("base", NAME);
    rights.optionalText("member", ATTRIBUTE);
    for (Grade grade : Grade.values()) {
      var name = grade == Grade.OBSERVE ? "read" : grade.text();
      if (!rights.optionalTexts(name, GROUP).isEmpty()) {
        grades.add(grade);
      }
    }
    if (!grades.contains(Grade.OBSERVE)) {
      rights.problem(rights.origin(), "`read` is missing; add the groups that may read");
    }
    rights.close();
  }

  private static void circle(Section circle) {
    circle.optionalTexts("groups", GROUP);
    circle
        .optionalSection("marks")
        .ifPresent(marks -> {
          for (String name : marks.names()) {
            if (!isAttribute(name)) {
              marks.problem(name, "`" + name + "` must be " + ATTRIBUTE.what());
            }
            marks.texts(name, VALUE);
          }
          marks.close();
        });
    if (!circle.has("groups") && !circle.has("marks")) {
      circle.problem(circle.origin(), "protects nobody; name `groups` or `marks`");
    }
    circle.close();
  }

  @Override
  public void inventory(Section record) {
    record.text("base", NAME);
    record.text("class", ATTRIBUTE);
    RecordMembers.read(record, PLACE);
    var attributes = record.value().object("attributes").orElse(Value.Obj.EMPTY);
    for (Value place : attributes.members().values()) {
      if (place instanceof Value.Text(String text) && text.startsWith("{") && !isProtecting) {
        record.problem("attributes", "`protected` is missing; say who is `" + text + "`");
      }
    }
  }

  @Override
  public void tickets(Section tickets) {
    tickets.problem(tickets.origin(), "tickets are read over http only; remove `tickets`");
  }

  @Override
  public void operation(Section operation, Set<String> arguments, Grade effect) {
    var act = operation.text("act", ACT);
    if (!grades.contains(effect)) {
      operation.problem(
          "effect", "`rights` names no group for `" + effect.text() + "`; nothing could be done");
    }
    if (operation.optionalSection("targets").map(targets -> targets.names().size()).orElse(0)
        != 1) {
      operation.problem("targets", "an act in a directory has exactly one target");
    }
    switch (act) {
      case "read" -> operation.texts("show", ATTRIBUTE);
      case "list-members" -> operation.positive("rows", 500);
      case "reset-password" -> {
        operation.optionalText("password", SET);
        assignment(operation.section("must-change"));
      }
      default -> assignment(operation.section("set"));
    }
    boolean isChange = act.equals("reset-password") || act.equals("disable");
    if (isChange && effect.compareTo(Grade.HIGH) < 0) {
      operation.problem("effect", "`" + act + "` is `high` or `destructive`");
    }
    if (!isChange && effect != Grade.OBSERVE) {
      operation.problem("effect", "`" + act + "` only observes; use `observe`");
    }
    if (isChange && !isProtecting) {
      operation.problem("act", "`protected` is missing; say whom no tool may touch");
    }
  }

  private static void assignment(Section assignment) {
    assignment.text("attribute", ATTRIBUTE);
    assignment.text("value", VALUE);
    assignment.close();
  }
}
