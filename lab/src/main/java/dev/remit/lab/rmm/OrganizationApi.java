package dev.remit.lab.rmm;

import dev.remit.lab.estate.Estate;
import dev.remit.lab.estate.NodeRole;
import dev.remit.lab.estate.Organization;
import dev.remit.lab.http.Call;
import dev.remit.lab.http.Reply;
import dev.remit.lab.vendor.Operation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/** Organisations, locations and node roles. */
final class OrganizationApi {
  private final Estate estate;

  OrganizationApi(Estate estate) {
    this.estate = estate;
  }

  List<Operation> operations() {
    return List.of(
        Operation.read("organizations", "/v2/organizations", this::list, "pageSize", "after"),
        Operation.read("organization", "/v2/organization/{id}", this::one),
        Operation.read("locations", "/v2/locations", this::locations, "pageSize", "after"),
        Operation.read(
            "organization-locations", "/v2/organization/{id}/locations", this::ownLocations),
        Operation.read("roles", "/v2/roles", call -> roles()));
  }

  private Reply list(Call call) {
    return Reply.ok(
        page(estate.organizations(), Organization::id, call).stream()
            .map(Views::organization)
            .toList());
  }

  private Reply one(Call call) {
    Organization organization = estate.organization(call.pathInt("id"));
    Map<String, Object> view = Views.organization(organization);
    view.put(
        "locations", organization.locations().stream().map(l -> Views.location(l, false)).toList());
    return Reply.ok(view);
  }

  private Reply locations(Call call) {
    List<Organization.Location> all =
        estate.organizations().stream().flatMap(o -> o.locations().stream()).toList();
    return Reply.ok(
        page(all, Organization.Location::id, call).stream()
            .map(l -> Views.location(l, true))
            .toList());
  }

  private Reply ownLocations(Call call) {
    return Reply.ok(
        estate.organization(call.pathInt("id")).locations().stream()
            .map(l -> Views.location(l, false))
            .toList());
  }

  private static Reply roles() {
    return Reply.ok(Arrays.stream(NodeRole.values()).map(Views::role).toList());
  }

  /** The page after the id `after`, of at most `pageSize` records in the order of their ids. */
  static <T> List<T> page(List<T> all, ToIntFunction<T> id, Call call) {
    int after = call.queryInt("after", 0, 0, Integer.MAX_VALUE);
    int size = call.queryInt("pageSize", 1000, 1, 1000);
    return all.stream().filter(item -> id.applyAsInt(item) > after).limit(size).toList();
  }
}
