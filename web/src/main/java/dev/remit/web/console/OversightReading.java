package dev.remit.web.console;

import dev.remit.core.oversight.Certifications;
import dev.remit.core.oversight.OversightLedger.Waiting;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.Value;
import dev.remit.web.people.Overseeing;
import dev.remit.web.people.Rights;
import dev.remit.web.people.Rights.Verb;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads what overseers look at, and how far agents go alone. */
final class OversightReading {

  static final String OVERSIGHT = "/console/oversight";
  static final String AUTONOMY = "/console/autonomy";
  private static final int PAGE = 25;

  private final Overseeing overseeing;

  OversightReading(Overseeing overseeing) {
    this.overseeing = overseeing;
  }

  OversightView items(Sight sight, Tenant tenant, Optional<String> cursor, Instant now) {
    var page = overseeing.certifications().open(sight.person(), tenant.id(), cursor, PAGE);
    return new OversightView(
        sight.tenancy(tenant, Verb.READ_OVERSIGHT, OVERSIGHT),
        page.items().stream().map(shown -> row(sight, shown)).toList(),
        page.next()
            .map(text ->
                OVERSIGHT
                    + "/"
                    + tenant.id().value()
                    + "?cursor="
                    + URLEncoder.encode(text, StandardCharsets.UTF_8)),
        now);
  }

  private static OversightView.Row row(Sight sight, Certifications.Shown shown) {
    var item = shown.item();
    String name = item.shown().text("tool").orElse("");
    var tool = sight.release().tools().get(name);
    return new OversightView.Row(
        item,
        tool == null || tool.title().isBlank() ? name : tool.title(),
        item.shown().items("targets").stream()
            .map(OversightReading::target)
            .collect(Collectors.joining(", ")),
        shown.whyNot());
  }

  private static String target(Value target) {
    return target instanceof Value.Obj seen
        ? seen.text("ref").orElse("")
        : target instanceof Value.Text(String text) ? text : "";
  }

  AutonomyView levels(Sight sight, Tenant tenant, Instant now) {
    boolean mayAsk =
        new Rights(sight.release().people()).may(sight.person(), Verb.PROMOTE, tenant.id());
    return new AutonomyView(
        sight.tenancy(tenant, Verb.READ_OVERSIGHT, AUTONOMY),
        overseeing.promotions().levels(sight.person(), tenant.id()),
        mayAsk,
        now);
  }

  /** What nobody looked at in time, for the page of posture. */
  List<String> overdue(Set<TenantId> tenants) {
    return overseeing.certifications().waiting(tenants).stream()
        .filter(waiting -> waiting.overdue() > 0)
        .map(OversightReading::line)
        .sorted()
        .toList();
  }

  private static String line(Waiting waiting) {
    return waiting.tenant().value()
        + ": "
        + waiting.overdue()
        + (waiting.overdue() == 1 ? " effect" : " effects");
  }
}
