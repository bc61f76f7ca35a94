package dev.remit.core.tenant;

import dev.remit.core.value.InvalidValueException;
import java.util.regex.Pattern;

/**
 * The name of a client company: a lower-case slug of at most 63 characters.
 *
 * <p>It promises form only. That a target belongs to a tenant is proven from the target's own
 * record, never from this name in an argument.
 */
public record TenantId(String value) {

  // Before the constant below: its constructor needs it.
  private static final Pattern FORM =
      Pattern.compile("_operator|[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

  /**
   * The MSP's own side: inventory reads, policy versions and kills that concern no single client.
   */
  public static final TenantId OPERATOR = new TenantId("_operator");

  public TenantId {
    if (!FORM.matcher(value).matches()) {
      throw new InvalidValueException("a tenant's name is lower-case letters, digits and hyphens");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
