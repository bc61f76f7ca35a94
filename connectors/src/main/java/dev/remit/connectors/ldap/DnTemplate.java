package dev.remit.connectors.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import dev.remit.core.value.InvalidValueException;
import java.util.Arrays;

/**
 * A distinguished name (RFC 4514) in which {@code {owner}} may stand for the tenant's own name in
 * the directory.
 *
 * <p>Promises: the owner only ever becomes part of one attribute's value. The form is taken apart
 * before the owner is put in, so nothing in an owner can end a value or begin another.
 */
record DnTemplate(DN form) {
  private static final String OWNER = "{owner}";

  static DnTemplate parse(String text) {
    return new DnTemplate(dn(text));
  }

  /** A name without a placeholder. */
  static DN plain(String text) {
    var template = parse(text);
    if (template.namesOwner()) {
      throw new InvalidValueException("`{owner}` has no meaning in `" + text + "`");
    }
    return template.form;
  }

  /** Reads a name as text; an empty one is refused. */
  static DN dn(String text) {
    try {
      var dn = new DN(text);
      if (dn.isNullDN()) {
        throw new InvalidValueException("a distinguished name is not empty");
      }
      return dn;
    } catch (LDAPException e) {
      throw new InvalidValueException("`" + text + "` is no distinguished name");
    }
  }

  boolean namesOwner() {
    return Arrays.stream(form.getRDNs())
        .flatMap(rdn -> Arrays.stream(rdn.getAttributeValues()))
        .anyMatch(value -> value.contains(OWNER));
  }

  boolean isBelow(DN base) {
    return form.isDescendantOf(base, false);
  }

  /** The name for this owner. */
  DN fill(String owner) {
    if (!namesOwner()) {
      return form;
    }
    if (owner.isEmpty()) {
      throw new InvalidValueException("this tenant has no name in the directory");
    }
    return new DN(Arrays.stream(form.getRDNs()).map(rdn -> filled(rdn, owner)).toArray(RDN[]::new));
  }

  private static RDN filled(RDN rdn, String owner) {
    var values =
        Arrays.stream(rdn.getAttributeValues())
            .map(value -> value.replace(OWNER, owner))
            .toArray(String[]::new);
    return new RDN(rdn.getAttributeNames(), values);
  }
}
