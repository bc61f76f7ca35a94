package dev.remit.lab.directory;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.RDN;
import dev.remit.lab.estate.Organization;
import dev.remit.lab.estate.Person;
import dev.remit.lab.estate.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The entries of the beginning. Of each company's five contacts the fourth is an administrator, the
 * fifth is one through another group, and beside them stands a break-glass account.
 */
final class DirectoryTree {
  static final String BASE = "dc=estate,dc=example";
  static final String BROKER = "cn=remit-broker," + BASE;
  static final String LEASES = "ou=leases," + BASE;
  static final String RIGHTS = "ou=rights," + BASE;
  static final String CLIENTS = "ou=clients," + BASE;
  static final String READERS = "cn=directory-read," + RIGHTS;
  private static final String NOBODY = "cn=nobody," + BASE;

  private final Function<String, String> passwords;
  private final List<Entry> entries = new ArrayList<>();

  private DirectoryTree(Function<String, String> passwords) {
    this.passwords = passwords;
  }

  /**
   * All entries, parents first; {@code passwords} gives an account's first password by its name.
   */
  static List<Entry> of(Seed seed, Function<String, String> passwords) {
    var tree = new DirectoryTree(passwords);
    tree.entries.add(new Entry(BASE, new Attribute("objectClass", "domain"), dc()));
    tree.account(BROKER, "remit-broker", "", "service");
    tree.unit(LEASES, "leases");
    tree.unit(RIGHTS, "rights");
    tree.group(READERS, "directory-read", List.of(NOBODY));
    tree.unit(CLIENTS, "clients");
    for (Organization organization : seed.organizations()) {
      tree.rights("reset", organization.slug());
      tree.rights("disable", organization.slug());
      var people =
          seed.people().stream()
              .filter(person -> person.organizationId() == organization.id())
              .toList();
      tree.company(organization.slug(), people);
    }
    return tree.entries;
  }

  private static Attribute dc() {
    return new Attribute("dc", "estate");
  }

  /** The container of a company. */
  static String container(String slug) {
    return "ou=" + slug + "," + CLIENTS;
  }

  private void rights(String act, String slug) {
    var name = act + "-" + slug;
    group("cn=" + name + "," + RIGHTS, name, List.of(NOBODY));
  }

  private void company(String slug, List<Person> people) {
    var home = container(slug);
    unit(home, slug);
    unit("ou=people," + home, "people");
    unit("ou=groups," + home, "groups");
    var names = new ArrayList<String>();
    for (Person person : people) {
      var uid = person.email().substring(0, person.email().indexOf('@'));
      var dn = dn("uid", uid, "ou=people," + home);
      account(dn, person.firstName() + " " + person.lastName(), person.email(), "staff");
      names.add(dn);
    }
    var glass = dn("uid", "break-glass", "ou=people," + home);
    account(glass, "Break Glass", "break-glass@" + slug + ".example", "break-glass");
    var helpdesk = "cn=helpdesk,ou=groups," + home;
    group("cn=staff,ou=groups," + home, "staff", names);
    group(helpdesk, "helpdesk", List.of(names.get(4)));
    group("cn=admins,ou=groups," + home, "admins", List.of(names.get(3), helpdesk));
  }

  private static String dn(String attribute, String value, String parent) {
    try {
      return new DN(new RDN(attribute, value), new DN(parent)).toString();
    } catch (com.unboundid.ldap.sdk.LDAPException e) {
      throw new IllegalStateException(e);
    }
  }

  private void unit(String dn, String name) {
    entries.add(
        new Entry(
            dn, new Attribute("objectClass", "organizationalUnit"), new Attribute("ou", name)));
  }

  private void group(String dn, String name, List<String> members) {
    entries.add(
        new Entry(
            dn,
            new Attribute("objectClass", "groupOfNames"),
            new Attribute("cn", name),
            new Attribute("member", members)));
  }

  private void account(String dn, String name, String mail, String type) {
    var attributes = new ArrayList<Attribute>();
    attributes.add(new Attribute("objectClass", "inetOrgPerson"));
    attributes.add(new Attribute("cn", name));
    attributes.add(new Attribute("sn", name.substring(name.lastIndexOf(' ') + 1)));
    attributes.add(new Attribute("employeeType", type));
    attributes.add(new Attribute("userPassword", passwords.apply(mail.isEmpty() ? name : mail)));
    if (!mail.isEmpty()) {
      attributes.add(new Attribute("mail", mail));
    }
    entries.add(new Entry(dn, attributes));
  }
}
