package dev.remit.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.remit.policy.Diagnostic;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What a connector over HTTP says of how it is let in. */
final class HttpWorkspaceTest {
  private static final String RMM = "connectors/rmm.yaml";
  private static final String SCOPES =
      "  scopes:\n    read: [monitoring]\n    low: [control]\n    high: [control]\n";

  @Test
  void aStandingKeyHasNoScopes() throws IOException {
    assertThat(Example.changed(RMM, "kind: oauth-client\n  life: 60s\n" + SCOPES, KEY)).isEmpty();
  }

  private static final String KEY = "kind: sealed-key\n  life: 60s\n";

  @Test
  void whatWouldNotCountIsRefused() throws IOException {
    assertThat(Example.changed(RMM, "kind: oauth-client", "kind: sealed-key"))
        .extracting(Diagnostic::file)
        .contains(RMM);
  }

  @Test
  void aClientWithoutScopesIsRefused() throws IOException {
    assertThat(Example.changed(RMM, "  life: 60s\n" + SCOPES, "  life: 60s\n"))
        .extracting(Diagnostic::file)
        .contains(RMM);
  }
}
