package dev.remit.lab.estate;

import java.util.UUID;

/**
 * Somebody who writes in tickets.
 *
 * @param organizationId 0 for the MSP's own
 */
public record Person(
    int id,
    UUID uid,
    int organizationId,
    String firstName,
    String lastName,
    String email,
    String phone,
    String jobTitle,
    Kind kind) {

  /** NinjaOne's user types; an automation is shown as a technician, as the vendor does. */
  public enum Kind {
    CONTACT,
    TECHNICIAN,
    AUTOMATION;

    /** The vendor's word. */
    public String userType() {
      return this == CONTACT ? "CONTACT" : "TECHNICIAN";
    }
  }
}
