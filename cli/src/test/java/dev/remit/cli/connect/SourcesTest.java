package dev.remit.cli.connect;

import static dev.remit.cli.connect.FakeGateway.json;
import static dev.remit.cli.connect.FakeGateway.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.cli.CommandException;
import dev.remit.core.value.Value;
import dev.remit.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys and tokens: where they come from, and what is refused. */
class SourcesTest {

  @TempDir Path folder = Path.of("");
  private final FakeGateway gateway = new FakeGateway();
  private final Bridge bridge = new Bridge(gateway);

  @AfterEach
  void close() {
    gateway.close();
  }

  private static Map<String, String> form(FakeGateway.Seen seen) {
    var form = new TreeMap<String, String>();
    for (var field : seen.body().split("&", -1)) {
      int at = field.indexOf('=');
      form.put(
          field.substring(0, at),
          URLDecoder.decode(field.substring(at + 1), StandardCharsets.UTF_8));
    }
    return form;
  }

  private void issue(String issuer) {
    gateway.will((exchange, seen) -> {
      if (seen.path().startsWith("/.well-known/")) {
        json(
            exchange,
            Json.text(
                Value.object("issuer", issuer, "token_endpoint", gateway.origin() + "/token")));
      } else if (seen.proof().text("nonce").isEmpty()) {
        exchange.getResponseHeaders().set("DPoP-Nonce", "issuer-nonce");
        reply(exchange, 400, "application/json", "{\"error\":\"use_dpop_nonce\"}");
      } else {
        json(
            exchange, "{\"access_token\":\"opaque-1\",\"token_type\":\"DPoP\",\"expires_in\":600}");
      }
    });
  }

  private ClientCredentials credentials(ClientCredentials.Proof proof) {
    return new ClientCredentials(
        bridge.client,
        URI.create(gateway.origin()),
        "desk",
        proof,
        "https://gateway.example/mcp",
        Optional.empty(),
        Bridge.CLOCK,
        () -> "id-1");
  }

  @Test
  void anIssuersTokenIsAskedForWithAProofAndItsNonceAndKept() {
    issue(gateway.origin());
    var source = credentials(new ClientCredentials.Secret(() -> "s&cret"));
    var token = source.token(false).orElseThrow();
    assertThat(token.isBound()).isTrue();
    assertThat(token.authorization()).isEqualTo("DPoP opaque-1");
    assertThat(source.token(false)).contains(token);
    assertThat(gateway.seen).hasSize(3);
    var last = gateway.seen.getLast();
    assertThat(FakeGateway.verified(last.header("DPoP")).get("ath")).isEmpty();
    assertThat(form(last))
        .containsEntry("client_secret", "s&cret")
        .containsEntry("resource", "https://gateway.example/mcp");
    source.token(true);
    assertThat(gateway.seen).hasSize(4);
  }

  @Test
  void aSignedAssertionStandsForASecret() throws Exception {
    issue(gateway.origin());
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    var pair = generator.generateKeyPair();
    credentials(new ClientCredentials.Key(pair.getPrivate(), Optional.of("k1"))).token(false);
    var assertion = form(gateway.seen.getLast()).get("client_assertion");
    var parts = String.valueOf(assertion).split("\\.", -1);
    var verifier = Signature.getInstance("SHA256withRSA");
    verifier.initVerify(pair.getPublic());
    verifier.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    assertThat(verifier.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    var claims = FakeGateway.claims(String.valueOf(assertion));
    assertThat(claims.text("aud")).contains(gateway.origin());
    assertThat(claims.integer("exp").orElseThrow() - claims.integer("iat").orElseThrow())
        .isEqualTo(60);
    assertThat(form(gateway.seen.getLast())).doesNotContainKey("client_secret");
  }

  @Test
  void anIssuerThatSpeaksForAnotherGetsNothing() {
    issue("https://other.example");
    assertThatThrownBy(() -> credentials(new ClientCredentials.Secret(() -> "x")).token(false))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("another issuer");
    assertThat(gateway.seen).hasSize(1);
  }

  @Test
  void anIssuerThatNamesAnAddressInTheClearGetsNothing() {
    gateway.will((exchange, seen) ->
        json(
            exchange,
            Json.text(
                Value.object(
                    "issuer", gateway.origin(), "token_endpoint", "http://example.com/token"))));
    assertThatThrownBy(() -> credentials(new ClientCredentials.Secret(() -> "x")).token(false))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("https://");
  }

  @Test
  void aRefusalTellsItsCodeAndNothingThatWasSent() {
    gateway.will((exchange, seen) -> {
      if (seen.path().startsWith("/.well-known/")) {
        json(
            exchange,
            Json.text(
                Value.object(
                    "issuer", gateway.origin(), "token_endpoint", gateway.origin() + "/token")));
      } else {
        reply(
            exchange,
            401,
            "application/json",
            "{\"error\":\"invalid_client\",\"error_description\":\"" + seen.body() + "\"}");
      }
    });
    assertThatThrownBy(() -> credentials(new ClientCredentials.Secret(() -> "hidden")).token(false))
        .hasMessageContaining("invalid_client")
        .hasMessageNotContaining("hidden");
  }

  @Test
  void aTaskTokenIsExchangedForTheWorkloadsOwn() {
    gateway.will((exchange, seen) ->
        json(
            exchange,
            "{\"access_token\":\"for-task\",\"token_type\":\"DPoP\",\"expires_in\":900}"));
    var source =
        new TaskTokens(
            bridge.client,
            URI.create(gateway.origin() + "/oauth2/token"),
            gateway.mcp().toString(),
            "task-7",
            bridge.tokens(),
            Bridge.CLOCK);
    assertThat(source.token(false).orElseThrow().authorization()).isEqualTo("DPoP for-task");
    assertThat(form(gateway.seen.getLast()))
        .containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange")
        .containsEntry("subject_token", "token-0")
        .containsEntry("authorization_details", "[{\"type\":\"msp_task\",\"task\":\"task-7\"}]");
    source.token(true);
    assertThat(form(gateway.seen.getLast())).containsEntry("subject_token", "token-1");
  }

  @Test
  void aTokenInAFileIsReadAnewAndSaysItselfWhetherItIsBound() throws IOException {
    var file = folder.resolve("token");
    var source = new TokenFile(file, bridge.proofs.thumbprint(), Bridge.CLOCK);
    Files.writeString(file, FakeGateway.token(Value.object("exp", 1_900_000_000L)) + "\n");
    assertThat(source.token(false).orElseThrow().authorization()).startsWith("Bearer ");
    var cnf = Value.object("jkt", bridge.proofs.thumbprint());
    Files.writeString(file, FakeGateway.token(Value.object("cnf", cnf)));
    assertThat(source.token(false).orElseThrow().authorization()).startsWith("DPoP ");
    var others = Value.object("jkt", "somebody-else");
    Files.writeString(file, FakeGateway.token(Value.object("cnf", others)));
    assertThat(source.token(false).orElseThrow().isBound()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "a\r\nX-Evil: 1", "ümlaut"})
  void whatIsNoTokenIsNotSent(String content) throws IOException {
    var file = Files.writeString(folder.resolve("token"), content);
    var source = new TokenFile(file, "t", Bridge.CLOCK);
    assertThatThrownBy(() -> source.token(false)).isInstanceOf(CommandException.class);
  }

  @Test
  void aNonceOfOneServerIsNotShownToAnother() {
    bridge.proofs.heard(URI.create("https://one.example/token"), Optional.of("n"));
    var other =
        bridge.proofs.proof("POST", URI.create("https://two.example/mcp"), Optional.empty());
    assertThat(FakeGateway.claims(other).get("nonce")).isEmpty();
    var same =
        bridge.proofs.proof("POST", URI.create("https://one.example/mcp?x=1"), Optional.empty());
    assertThat(FakeGateway.claims(same).text("nonce")).contains("n");
    assertThat(FakeGateway.claims(same).text("htu")).contains("https://one.example/mcp");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "with space", "quote\"", "back\\slash"})
  void whatIsNoNonceIsNotUsed(String nonce) {
    assertThat(bridge.proofs.heard(gateway.mcp(), Optional.of(nonce))).isFalse();
  }

  @Test
  void aKeyIsKeptWhereItsOwnerAloneReads() throws IOException {
    var file = folder.resolve("own.key");
    var made = ProofKey.keptIn(file, new SecureRandom());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(ProofKey.keptIn(file, new SecureRandom()).thumbprint()).isEqualTo(made.thumbprint());
    assertThat(made.toString()).contains(made.thumbprint());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> ProofKey.keptIn(file, new SecureRandom()))
        .hasMessageContaining("chmod 600");
  }

  @Test
  void aKeyFileThatIsALinkOrSomethingElseIsRefused() throws IOException {
    var real = folder.resolve("real.key");
    ProofKey.keptIn(real, new SecureRandom());
    var link = Files.createSymbolicLink(folder.resolve("link.key"), real);
    assertThatThrownBy(() -> ProofKey.keptIn(link, new SecureRandom()))
        .isInstanceOf(CommandException.class);
    Files.writeString(real, "not a key\nat all\n");
    assertThatThrownBy(() -> ProofKey.keptIn(real, new SecureRandom()))
        .hasMessageContaining("holds no key");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://gateway.example/mcp",
        "http://127.0.0.1.example/mcp",
        "https://user:secret@gateway.example/mcp",
        "ftp://gateway.example",
        "https://",
        "gateway",
        "https://gateway.example/mcp#x"
      })
  void tokensGoOverTlsOrStayOnThisMachine(String address) {
    assertThatThrownBy(() -> Wire.safe(address)).isInstanceOf(CommandException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://gateway.example/mcp", "http://127.0.0.1:8470/mcp"})
  void theseAddressesAreSafe(String address) {
    assertThat(Wire.safe(address)).hasToString(address);
  }
}
