package dev.remit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.core.identity.SpiffeId;
import dev.remit.core.tenant.Environment;
import dev.remit.core.value.InvalidValueException;
import dev.remit.json.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OutsideMachinesTest {

  private static OutsideMachines read(String text) {
    return OutsideMachines.configured(
        Json.parseObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
  }

  private static String domain(String rest) {
    return "{'trustDomains':[{'name':'a.example'," + rest + "}]}";
  }

  @Test
  void aTrustDomainHasEnvironmentsAndABundle() {
    var one = read(domain("'environments':['test'],'bundle':{'file':'/b'}")).domains().getFirst();
    assertThat(one.trusted().environments()).containsExactly(Environment.TEST);
    assertThat(one.trusted().audience()).isEqualTo("remit");
    assertThat(one.place()).isEqualTo(new OutsideMachines.InFile(Path.of("/b")));
  }

  @Test
  void aBundleComesFromAnEndpointOrTheWorkloadApiToo() {
    var web = "'bundle':{'url':'https://b.example/x','profile':'https_web'}";
    assertThat(read(domain("'environments':['test']," + web)).domains().getFirst().place())
        .isEqualTo(new OutsideMachines.AtWeb(URI.create("https://b.example/x")));
    var spiffe =
        "'bundle':{'url':'https://b.example/x','profile':'https_spiffe',"
            + "'endpoint':'spiffe://a.example/server','file':'/first'}";
    assertThat(read(domain("'environments':['test']," + spiffe)).domains().getFirst().place())
        .isEqualTo(
            new OutsideMachines.AtSpiffe(
                URI.create("https://b.example/x"),
                SpiffeId.parse("spiffe://a.example/server"),
                Path.of("/first")));
    var api = "'bundle':{'workloadApi':'unix:/run/api.sock'}";
    assertThat(read(domain("'environments':['test']," + api)).domains().getFirst().place())
        .isEqualTo(new OutsideMachines.AtWorkloadApi("unix:/run/api.sock"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'bundle':{'file':'/b'}",
        "'environments':[],'bundle':{'file':'/b'}",
        "'environments':['live'],'bundle':{'file':'/b'}",
        "'environments':['test']",
        "'environments':['test'],'bundle':{}",
        "'environments':['test'],'bundle':{'url':'https://b'}",
        "'environments':['test'],'bundle':{'url':'https://b','profile':'http'}",
        "'environments':['test'],'bundle':{'url':'https://b','profile':'https_spiffe'}",
        "'environments':['test'],'longestHours':0,'bundle':{'file':'/b'}",
        "'environments':['test'],'longestHours':169,'bundle':{'file':'/b'}"
      })
  void aTrustDomainThatIsHalfSaidRefusesToStart(String rest) {
    assertThatThrownBy(() -> read(domain(rest))).isInstanceOf(InvalidValueException.class);
  }

  @Test
  void anIssuerWithoutEnvironmentsRefusesToStart() {
    var issuer =
        Json.parseObject(
            "{\"name\":\"i\",\"issuer\":\"https://i\",\"jwksUri\":\"https://i/k\"}"
                .getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> OutsideMachines.issuer(issuer))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("environments");
  }

  @Test
  void aListenerWithoutHostsRefusesToStart() {
    assertThatThrownBy(() -> read("{'machines':{'certificate':'/c','key':'/k'}}"))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("hosts");
  }
}
