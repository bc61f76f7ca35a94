package dev.remit.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.core.tenant.TenantId;
import dev.remit.policy.Diagnostic;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies are kept for ever unless a tenant's file says for how long. */
class RetentionTest {
  private static final String HARBOR = "tenants/harbor-dental.yaml";
  private static final String NAME = "name: Harbor Dental\n";

  private static java.util.Optional<Duration> bodies(Altered example) {
    var tenant = example.loaded().release().tenants().get(new TenantId("harbor-dental"));
    return Objects.requireNonNull(tenant).retention().bodies();
  }

  @Test
  void aFileThatSaysNothingKeepsEverything() throws IOException {
    assertThat(bodies(new Altered())).isEmpty();
  }

  @Test
  void aFileSaysForHowLong() throws IOException {
    assertThat(bodies(new Altered().edit(HARBOR, NAME, NAME + "retention: { bodies: 400d }\n")))
        .contains(Duration.ofDays(400));
  }

  @ParameterizedTest
  @CsvSource({
    "'{ bodies: 59d }', at least 60d",
    "'{ bodies: 0d }', a duration above zero",
    "'{ }', `bodies` is missing",
    "'{ bodies: 400d, leaves: 1d }', unknown key `leaves`"
  })
  void whatErasesTooEarlyOrTooMuchIsRefused(String retention, String words) throws IOException {
    assertThat(Example.changed(HARBOR, NAME, NAME + "retention: " + retention + "\n"))
        .extracting(Diagnostic::text)
        .anySatisfy(told -> assertThat(told).contains(words));
  }
}
