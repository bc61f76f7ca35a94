package dev.remit.cli.connect;

import dev.remit.cli.CommandException;
import dev.remit.core.identity.AgentId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** How the workload proves itself. No secret stands on the command line. */
final class WorkloadOptions {

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "a token that something else keeps fresh, such as Kubernetes")
  private Optional<Path> tokenFile = Optional.empty();

  @Option(
      names = "--issuer",
      paramLabel = "URL",
      description = "have tokens from this OIDC issuer by client credentials")
  private Optional<String> issuer = Optional.empty();

  @Option(
      names = "--client-id",
      paramLabel = "ID",
      description = "the workload's name at its issuer (default: the agent's)")
  private Optional<String> clientId = Optional.empty();

  @Option(names = "--client-secret-file", paramLabel = "FILE", description = "its secret")
  private Optional<Path> secretFile = Optional.empty();

  @Option(
      names = "--client-secret-env",
      paramLabel = "NAME",
      description = "its secret, in this variable of the environment")
  private Optional<String> secretVariable = Optional.empty();

  @Option(
      names = "--client-key",
      paramLabel = "FILE",
      description = "its key, PKCS #8 in PEM, instead of a secret (private_key_jwt)")
  private Optional<Path> clientKey = Optional.empty();

  @Option(names = "--client-key-id", paramLabel = "KID", description = "the key's name there")
  private Optional<String> clientKeyId = Optional.empty();

  @Option(names = "--scope", paramLabel = "WORDS", description = "what the issuer wants asked")
  private Optional<String> scope = Optional.empty();

  @Option(
      names = "--resource",
      paramLabel = "URL",
      description = "whom the token is for (default: the gateway's address)")
  private Optional<String> resource = Optional.empty();

  @Option(
      names = "--certificate",
      paramLabel = "FILE",
      description = "a client certificate (PEM), such as an X.509-SVID; with --certificate-key")
  private Optional<Path> certificate = Optional.empty();

  @Option(names = "--certificate-key", paramLabel = "FILE", description = "its key, PKCS #8")
  private Optional<Path> certificateKey = Optional.empty();

  @Option(
      names = "--workload-api",
      paramLabel = "ADDRESS",
      description = "take the certificate from the SPIFFE Workload API, such as unix:/run/api.sock")
  private Optional<String> workloadApi = Optional.empty();

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "authorities (PEM) to trust instead of this JDK's")
  private Optional<Path> authorities = Optional.empty();

  private Wire.Pem pem() {
    if (certificate.isPresent() != certificateKey.isPresent()) {
      throw CommandException.usage("`--certificate` and `--certificate-key` come together");
    }
    if (certificate.isPresent() && workloadApi.isPresent()) {
      throw CommandException.usage("name `--certificate` or `--workload-api`, not both");
    }
    return new Wire.Pem(certificate, certificateKey, authorities);
  }

  /** Connections outward, with what proves them. */
  Wire wire() {
    var pem = pem();
    return new Wire(pem, workloadApi.map(WorkloadCertificate::new));
  }

  Token.Source source(
      Client client, Proofs proofs, InstantSource clock, URI gateway, AgentId agent) {
    if (tokenFile.isPresent() && issuer.isPresent()) {
      throw CommandException.usage("name `--token-file` or `--issuer`, not both");
    }
    if (tokenFile.isPresent()) {
      return new TokenFile(tokenFile.get(), proofs.thumbprint(), clock);
    }
    if (issuer.isPresent()) {
      return new ClientCredentials(
          client,
          Wire.safe(issuer.get()),
          clientId.orElse(agent.text()),
          proof(),
          resource.orElse(gateway.toString()),
          scope,
          clock,
          () -> UUID.randomUUID().toString());
    }
    if (certificate.isPresent() || workloadApi.isPresent()) {
      return isFresh -> Optional.empty();
    }
    throw CommandException.usage(
        "say how this workload proves itself: `--token-file`, `--issuer`, `--certificate` or"
            + " `--workload-api`");
  }

  private ClientCredentials.Proof proof() {
    long given =
        Stream.of(secretFile, secretVariable, clientKey).filter(Optional::isPresent).count();
    if (given != 1) {
      throw CommandException.usage(
          "name one of `--client-secret-file`, `--client-secret-env` and `--client-key`");
    }
    if (clientKey.isPresent()) {
      return new ClientCredentials.Key(key(clientKey.get()), clientKeyId);
    }
    return new ClientCredentials.Secret(
        () -> secretFile.map(WorkloadOptions::secret).or(this::variable).orElseThrow());
  }

  private Optional<String> variable() {
    return secretVariable.map(name ->
        Optional.ofNullable(System.getenv(name))
            .filter(value -> !value.isEmpty())
            .orElseThrow(() -> CommandException.usage("`" + name + "` is not set")));
  }

  private static String secret(Path file) {
    try {
      ProofKey.requirePrivate(file);
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw CommandException.usage("`" + file + "` cannot be read");
    }
  }

  /** The kind of key stands in its own encoding; the two that issuers take are tried. */
  private static java.security.PrivateKey key(Path file) {
    try {
      ProofKey.requirePrivate(file);
      try {
        return Wire.privateKey(file, "EC");
      } catch (GeneralSecurityException e) {
        return Wire.privateKey(file, "RSA");
      }
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw CommandException.usage("`" + file + "` holds no private key (PKCS #8 in PEM)");
    }
  }
}
