package dev.remit.workspace;

import dev.remit.core.identity.AgentClass.Accountability;
import dev.remit.core.identity.AgentClass.Escalation;
import dev.remit.workspace.Names.Kind;

/**
 * {@code owner}, {@code accountable} and {@code escalation} of an agent: a group or a person owns
 * it, one person answers for it, and groups are asked and take over. Without a person or an
 * escalation it is read, and cannot be launched.
 */
final class AccountabilityKeys {

  /** A declared name, or somebody by an issuer's own identifier. */
  private static final Form OWNER =
      Form.matching(
          "a declared group or person, or ISSUER/SUBJECT",
          "x",
          "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
              + "|[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?/[A-Za-z0-9][A-Za-z0-9._:@-]{0,254}");

  private AccountabilityKeys() {}

  static String owner(Section section, Names names) {
    var owner = section.text("owner", OWNER);
    refer(owner, names, section, "owner");
    return owner;
  }

  static Accountability read(Section section, Names names) {
    var person = section.optionalText("accountable", OWNER);
    person.ifPresent(name -> refer(name, names, section, "accountable"));
    var escalation =
        section
            .optionalSection("escalation")
            .map(found -> {
              var read =
                  new Escalation(group(found, "asks", names), group(found, "takes-over", names));
              found.close();
              return read;
            });
    return new Accountability(person, escalation);
  }

  private static void refer(String name, Names names, Section section, String key) {
    int slash = name.indexOf('/');
    if (slash < 0) {
      names.refer(key.equals("accountable") ? Kind.PERSON : Kind.OWNER, name, section.origin(key));
    } else {
      names.refer(Kind.PEOPLE_ISSUER, name.substring(0, slash), section.origin(key));
    }
  }

  private static String group(Section section, String key, Names names) {
    var group = section.text(key, Form.SLUG);
    names.refer(Kind.GROUP, group, section.origin(key));
    return group;
  }
}
