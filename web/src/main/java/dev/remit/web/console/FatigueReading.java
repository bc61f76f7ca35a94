package dev.remit.web.console;

import dev.remit.core.flow.Fatigue;
import dev.remit.core.flow.Oversight;
import dev.remit.core.tenant.TenantId;
import dev.remit.web.console.FatigueView.Figure;
import dev.remit.web.http.Refusal;
import dev.remit.web.people.Rights;
import dev.remit.web.people.Rights.Verb;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Reads how much is asked of people, for those who may see it. */
final class FatigueReading {

  private static final int SHOWN = 50;

  /** A person who answers more often than every five minutes for an hour hardly reads. */
  private static final int MANY_AN_HOUR = 12;

  private final Oversight oversight;

  FatigueReading(Oversight oversight) {
    this.oversight = oversight;
  }

  /** Whether the reader may see it. */
  static boolean isFor(Sight sight) {
    return new Rights(sight.release().people()).may(sight.person(), Verb.READ_FATIGUE);
  }

  FatigueView fatigue(Sight sight, Optional<String> period, Instant now) {
    new Rights(sight.release().people()).require(sight.person(), Verb.READ_FATIGUE);
    int hours =
        FatigueView.PERIODS.stream()
            .filter(known -> known.toString().equals(period.orElse("24")))
            .findFirst()
            .orElseThrow(Refusal::notFound);
    var tenants = new HashSet<>(sight.release().tenants().keySet());
    tenants.add(TenantId.OPERATOR);
    var measured = oversight.fatigue(tenants, now.minus(Duration.ofHours(hours)));
    return new FatigueView(
        hours,
        figures(measured),
        measured.perPerson().stream().limit(SHOWN).map(slot -> slot(slot)).toList(),
        Math.max(0, measured.perPerson().size() - SHOWN),
        measured.open().stream()
            .limit(SHOWN)
            .map(open ->
                new FatigueView.Open(
                    open.tenant().equals(TenantId.OPERATOR)
                        ? "the installation"
                        : sight.nameOf(open.tenant()),
                    open.group(),
                    open.open(),
                    Fatigue.CAPS.perGroup()))
            .toList());
  }

  private static FatigueView.Slot slot(Fatigue.PersonHour slot) {
    return new FatigueView.Slot(
        slot.person(), Moments.full(slot.hour()), slot.answers(), slot.answers() > MANY_AN_HOUR);
  }

  private static List<Figure> figures(Fatigue.Measured measured) {
    long percent = Math.round(measured.quickShare() * 100);
    return List.of(
        new Figure(
            "Granted unread",
            percent + " %",
            measured.quickGrants()
                + " of "
                + measured.grants()
                + " grants came within "
                + Fatigue.READING.toSeconds()
                + " seconds of opening the card",
            percent < 10),
        new Figure(
            "Reading",
            Moments.length(measured.medianReading()),
            "from opening a card to the answer, half of them sooner",
            measured.answers() == 0 || measured.medianReading().compareTo(Fatigue.READING) >= 0),
        new Figure(
            "Time to answer",
            Moments.length(measured.medianToAnswer()),
            "from asking to the answer, half of them sooner",
            true),
        new Figure(
            "Answers",
            Integer.toString(measured.answers()),
            "to " + measured.requests() + " requests",
            true),
        new Figure(
            "The same again",
            Integer.toString(measured.identical()),
            "answers to an act that the same person had answered before; a standing approval"
                + " or a better rule may spare them",
            measured.identical() * 4 < Math.max(4, measured.answers())),
        new Figure(
            "Collapsed",
            Integer.toString(measured.collapsed()),
            "times the same was asked again while it waited, and nobody was asked anew",
            true),
        new Figure(
            "Ended by refusals",
            Integer.toString(measured.endings()),
            "tasks ended because people said no to one act " + Fatigue.REFUSALS + " times",
            measured.endings() == 0));
  }
}
