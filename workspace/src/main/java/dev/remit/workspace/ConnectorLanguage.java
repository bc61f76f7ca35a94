package dev.remit.workspace;

import dev.remit.core.identity.Grade;
import java.util.Set;

/**
 * What only one kind of connector understands in its file. Each method asks for every name it
 * knows; the section's owner closes it.
 */
interface ConnectorLanguage {
  static ConnectorLanguage of(String protocol) {
    return switch (protocol) {
      case "http" -> new HttpLanguage();
      case "postgres" -> new PostgresLanguage();
      case "mcp" -> new McpLanguage();
      case "ldap" -> new LdapLanguage();
      case "ssh" -> new SshLanguage();
      case "declared" -> new DeclaredLanguage();
      default -> throw new IllegalStateException("the kind is checked before it is read");
    };
  }

  /** Members of the file itself. */
  void connector(Section section);

  /** How records of one kind are read. */
  void inventory(Section record);

  /** How tickets are read. */
  void tickets(Section tickets);

  /** Members of one operation, whose arguments have these names. */
  void operation(Section operation, Set<String> arguments, Grade effect);

  /** Names in an operation that only this language understands. */
  Set<String> operationNames();
}
