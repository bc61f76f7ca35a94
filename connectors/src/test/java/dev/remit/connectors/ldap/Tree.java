package dev.remit.connectors.ldap;

import java.util.List;

/**
 * The entries that both servers begin with: two companies with people, groups nested in a circle,
 * accounts of the broker, and groups of rights.
 */
final class Tree {
  static final String BASE = "dc=msp,dc=example";
  static final String ROOT = "cn=root," + BASE;
  static final String ROOT_PASSWORD = "root-test-only";
  static final String BROKER = "cn=broker," + BASE;
  static final String BROKER_PASSWORD = "broker-test-only";
  static final String LEASES = "ou=leases," + BASE;
  static final String RIGHTS = "ou=rights," + BASE;
  static final String CLIENTS = "ou=clients," + BASE;
  static final String HARBOR = "ou=harbor-dental," + CLIENTS;
  static final String NORTHWIND = "ou=northwind-legal," + CLIENTS;

  private final StringBuilder ldif = new StringBuilder();

  private Tree() {}

  static String ldif() {
    var tree = new Tree();
    tree.entry(BASE, "objectClass: domain", "dc: msp");
    tree.account(BROKER, "broker", BROKER_PASSWORD);
    tree.unit(LEASES, "leases");
    tree.account("cn=somebody," + LEASES, "somebody", "somebody-test-only");
    tree.unit("ou=standing," + BASE, "standing");
    tree.account("cn=standing-1,ou=standing," + BASE, "standing-1", "not-used-1");
    tree.account("cn=standing-2,ou=standing," + BASE, "standing-2", "not-used-2");
    tree.unit(RIGHTS, "rights");
    tree.group("cn=brokers," + BASE, BROKER);
    for (String name :
        List.of(
            "directory-read",
            "reset-harbor-dental",
            "reset-northwind-legal",
            "disable-harbor-dental",
            "disable-northwind-legal")) {
      tree.group("cn=" + name + "," + RIGHTS, "cn=nobody," + BASE);
    }
    tree.unit("ou=policies," + BASE, "policies");
    tree.unit(CLIENTS, "clients");
    tree.company(HARBOR, "harbor-dental");
    tree.company(NORTHWIND, "northwind-legal");
    return tree.ldif.toString();
  }

  private void company(String dn, String slug) {
    unit(dn, slug);
    unit("ou=people," + dn, "people");
    unit("ou=groups," + dn, "groups");
    var people = ",ou=people," + dn;
    var groups = ",ou=groups," + dn;
    for (String name : List.of("amara", "admin", "nested", "bruno")) {
      person("uid=" + name + "." + slug + people, name + "." + slug, "staff");
    }
    person("uid=glass." + slug + people, "glass." + slug, "Break-Glass");
    group("cn=admins" + groups, "uid=admin." + slug + people, "cn=helpdesk" + groups);
    // A circle: whoever follows members must come out of it.
    group("cn=helpdesk" + groups, "uid=nested." + slug + people, "cn=admins" + groups);
    group("cn=staff" + groups, "uid=amara." + slug + people, "uid=bruno." + slug + people);
  }

  private void unit(String dn, String name) {
    entry(dn, "objectClass: organizationalUnit", "ou: " + name);
  }

  private void account(String dn, String name, String password) {
    entry(
        dn,
        "objectClass: inetOrgPerson",
        "cn: " + name,
        "sn: " + name,
        "userPassword: " + password);
  }

  private void person(String dn, String uid, String type) {
    entry(
        dn,
        "objectClass: inetOrgPerson",
        "uid: " + uid,
        "cn: " + uid,
        "sn: " + uid,
        "mail: " + uid + "@clients.example",
        "employeeType: " + type,
        "userPassword: old-" + uid);
  }

  private void group(String dn, String... members) {
    var lines = new java.util.ArrayList<String>();
    lines.add("objectClass: groupOfNames");
    lines.add("cn: " + dn.substring(3, dn.indexOf(',')));
    for (String member : members) {
      lines.add("member: " + member);
    }
    entry(dn, lines.toArray(String[]::new));
  }

  private void entry(String dn, String... lines) {
    ldif.append("dn: ").append(dn).append('\n');
    for (String line : lines) {
      ldif.append(line).append('\n');
    }
    ldif.append('\n');
  }
}
