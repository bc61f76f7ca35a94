package dev.remit.workspace;

import dev.remit.core.release.OversightTerms;
import java.time.Duration;
import java.util.Optional;

/**
 * {@code oversight:} of {@code remit.yaml}: which share of the low effects is certified, how long
 * an overseer has for each, how long after that autonomy falls, and how often owners certify their
 * agents.
 */
final class OversightSection {
  private static final Form SHARE =
      new Form(
          "a share such as 10%, from 0% to 100%",
          "10%", text -> text.matches("(100|[1-9]?[0-9])%"));

  private OversightSection() {}

  static OversightTerms read(Section remit) {
    return remit
        .optionalSection("oversight")
        .map(OversightSection::terms)
        .orElse(OversightTerms.DEFAULT);
  }

  private static OversightTerms terms(Section section) {
    var share = section.optionalText("low-share", SHARE);
    var terms =
        new OversightTerms(
            share
                .map(text -> Integer.parseInt(text.substring(0, text.length() - 1)))
                .orElse(OversightTerms.DEFAULT.lowShare()),
            duration(section, "certify-within").orElse(OversightTerms.DEFAULT.certifyWithin()),
            duration(section, "demote-after").orElse(OversightTerms.DEFAULT.demoteAfter()),
            duration(section, "certify-agents-every")
                .filter(Duration::isPositive)
                .orElse(OversightTerms.DEFAULT.certifyAgentsEvery()));
    section.close();
    return terms;
  }

  private static Optional<Duration> duration(Section section, String name) {
    return section.optionalText(name, Durations.FORM).map(Durations::parse);
  }
}
