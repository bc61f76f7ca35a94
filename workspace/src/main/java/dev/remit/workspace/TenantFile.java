package dev.remit.workspace;

import dev.remit.core.release.People;
import dev.remit.core.tenant.DataClass;
import dev.remit.core.tenant.Retention;
import dev.remit.core.tenant.Tenant;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.tenant.Window;
import dev.remit.policy.Origin;
import dev.remit.workspace.Names.Kind;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code tenants/NAME.yaml}: a client company.
 *
 * @param approvers the group of the client's own people who answer for it, and who vouches for them
 * @param variations what it has otherwise than the baseline of task classes
 * @param witnessed how long part of its log may lack a witness before nothing destructive happens
 */
record TenantFile(
    Tenant tenant,
    People.Approvers approvers,
    Origin approversAt,
    Origin idsAt,
    List<VariationFile> variations,
    Optional<Duration> witnessed) {
  private static final Map<String, DayOfWeek> DAYS = new LinkedHashMap<>();

  static {
    for (var day : DayOfWeek.values()) {
      DAYS.put(day.name().substring(0, 3).toLowerCase(java.util.Locale.ROOT), day);
    }
  }

  private static final String WITNESSED = "destructive-witnessed-within";
  private static final Form DAY = Form.oneOf("mon", "tue", "wed", "thu", "fri", "sat", "sun");
  private static final Form TIME =
      Form.matching("a time from 00:00 to 24:00", "00:00", "(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00");

  static TenantFile read(Section section, Names names) {
    var id = new TenantId(section.text("tenant", Form.SLUG));
    names.declare(Kind.TENANT, id.value(), section.origin("tenant"));
    var name = section.text("name", Form.WORDS);
    names.refer(Kind.OWNER, section.text("owner", Form.SLUG), section.origin("owner"));
    var approvers = section.section("approvers");
    var issuer = approvers.text("issuer", Form.PLAIN_NAME);
    names.refer(Kind.PEOPLE_ISSUER, issuer, approvers.origin("issuer"));
    var group = approvers.text("group", Form.SLUG);
    var standIn = StandIns.ofClient(approvers, issuer, group);
    approvers.close();
    var ids = section.section("external-ids");
    var externalIds = ids.eachText(Form.SLUG, Form.EXTERNAL_ID);
    externalIds.keySet().forEach(c -> names.refer(Kind.CONNECTOR, c, ids.origin(c)));
    if (section.has("external-ids") && externalIds.isEmpty()) {
      section.problem("external-ids", "`external-ids` is empty; name at least one system");
    }
    var windows = windows(section);
    var variations = variations(section, id, names);
    var data = data(section);
    var retention = retention(section);
    var witnessed =
        section.has(WITNESSED)
            ? Optional.of(section.duration(WITNESSED))
            : Optional.<Duration>empty();
    section.close();
    return new TenantFile(
        new Tenant(id, name, externalIds, windows, data, retention),
        new People.Approvers(issuer, group, standIn),
        approvers.origin("issuer"),
        section.origin("external-ids"),
        variations,
        witnessed);
  }

  /** Nothing is erased unless the file says after which time. */
  private static Retention retention(Section section) {
    var found = section.optionalSection("retention");
    if (found.isEmpty()) {
      return Retention.FOR_EVER;
    }
    var bodies = found.get().duration("bodies");
    found.get().close();
    if (bodies.compareTo(Retention.SHORTEST) < 0) {
      found.get().problem("bodies", "bodies are kept for at least 60d");
      return Retention.FOR_EVER;
    }
    return new Retention(Optional.of(bodies));
  }

  private static List<VariationFile> variations(Section section, TenantId tenant, Names names) {
    var all = new ArrayList<VariationFile>();
    if (section.has("variations")) {
      section
          .named("variations", Form.SLUG)
          .forEach((taskClass, one) -> all.add(VariationFile.read(taskClass, one, tenant, names)));
    }
    return all;
  }

  /** By provider of models; one that is not there gets nothing. */
  private static Map<String, Set<DataClass>> data(Section section) {
    var data = new LinkedHashMap<String, Set<DataClass>>();
    section
        .optionalSection("data")
        .ifPresent(found -> {
          for (var provider : found.names()) {
            if (!Form.PLAIN_NAME.accepts(provider)) {
              found.problem(provider, "`" + provider + "` is no name of a model provider");
            }
            data.put(
                provider,
                found.texts(provider, AnswerClasses.CLASS).stream()
                    .flatMap(each -> DataClass.parse(each.text()).stream())
                    .collect(Collectors.toUnmodifiableSet()));
          }
          found.close();
        });
    return data;
  }

  private static List<Window> windows(Section section) {
    var windows = new ArrayList<Window>();
    var seen = new HashSet<String>();
    for (var one : section.optionalSections("windows")) {
      var name = one.text("name", Form.WINDOW);
      if (!seen.add(name)) {
        one.problem("name", "window `" + name + "` is there twice");
      }
      Set<DayOfWeek> days =
          one.texts("days", DAY).stream()
              .map(day -> DAYS.getOrDefault(day.text(), DayOfWeek.MONDAY))
              .collect(Collectors.toSet());
      var from = time(one.text("from", TIME));
      var to = time(one.text("to", TIME));
      if (one.has("from") && one.has("to") && !from.isBefore(to)) {
        one.problem("to", "the window ends before it begins; split it at midnight");
      }
      windows.add(new Window(name, days, from, to, zone(one)));
      one.close();
    }
    return windows;
  }

  /** The end of a day is the last moment that {@link LocalTime} knows. */
  private static LocalTime time(String text) {
    return text.equals("24:00") ? LocalTime.MAX : LocalTime.parse(text);
  }

  private static ZoneId zone(Section section) {
    var text = section.text("zone", Form.WORDS);
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      if (section.has("zone") && !text.equals(Form.WORDS.standIn())) {
        section.problem(
            "zone", "no time zone is named `" + text + "`; use one such as Europe/Paris");
      }
      return ZoneOffset.UTC;
    }
  }
}
