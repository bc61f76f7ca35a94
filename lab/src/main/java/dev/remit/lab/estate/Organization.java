package dev.remit.lab.estate;

import java.util.List;

/**
 * A client company of the MSP.
 *
 * @param slug the tenant's name in Remit's example workspace; also the schema of the asset database
 *     with `_`
 */
public record Organization(int id, String slug, String name, List<Location> locations) {

  /** A site of the company. */
  public record Location(int id, int organizationId, String name, String address) {}

  /** The schema of this client in the asset database. */
  public String schema() {
    return slug.replace('-', '_');
  }
}
