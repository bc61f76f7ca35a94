package dev.remit.server;

import dev.remit.connectors.common.Pause;
import dev.remit.connectors.http.HttpConnector;
import dev.remit.connectors.http.HttpEndpoint;
import dev.remit.connectors.http.KeyEndpoint;
import dev.remit.connectors.http.VaultEndpoint;
import dev.remit.connectors.ldap.LdapConnector;
import dev.remit.connectors.mcp.McpConnector;
import dev.remit.connectors.mcp.McpEndpoint;
import dev.remit.connectors.postgres.PostgresConnector;
import dev.remit.connectors.postgres.PostgresEndpoint;
import dev.remit.connectors.ssh.SshConnector;
import dev.remit.core.execution.Connector;
import dev.remit.core.release.ConnectorSpec;
import dev.remit.core.release.Release;
import dev.remit.core.secret.LiveSecrets;
import dev.remit.core.secret.SecretCheck;
import dev.remit.core.value.InvalidValueException;
import dev.remit.identity.secret.SealedSecrets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes a connector from its declaration and the endpoint that this server's configuration lists.
 */
final class ConnectorFactory {

  private final Outside outside;
  private final DataFolder data;
  private final LiveSecrets live;
  private final SecureRandom random;
  private final InstantSource clock;
  private final String prefix;

  /** {@code prefix} is what names of principals of this installation begin with. */
  ConnectorFactory(
      Outside outside,
      DataFolder data,
      SecretCheck secrets,
      SecureRandom random,
      InstantSource clock,
      String prefix) {
    this.prefix = prefix;
    this.live = secrets.live();
    this.outside = outside;
    this.data = data;
    this.random = random;
    this.clock = clock;
  }

  Connector make(ConnectorSpec spec, Release release) {
    var endpoint = outside.endpoints().get(spec.endpoint());
    if (endpoint == null) {
      throw new InvalidValueException(
          "configuration lists no endpoint `" + spec.endpoint() + "`: add it to the --config file");
    }
    var tools = release.tools().values();
    return switch (endpoint) {
      case Outside.Http http when spec.kind().equals("http") ->
          new HttpConnector(spec, tools, client(http), clock, Pause.real());
      case Outside.Key key when spec.kind().equals("http") ->
          new HttpConnector(spec, tools, standing(key), clock, Pause.real());
      case Outside.Vault vault when spec.kind().equals("http") ->
          new HttpConnector(spec, tools, leased(vault), clock, Pause.real());
      case Outside.Postgres postgres when spec.kind().equals("postgres") ->
          new PostgresConnector(
              spec,
              tools,
              new PostgresEndpoint(
                  postgres.jdbcUrl(),
                  postgres.user(),
                  secret(postgres.secret(), postgres.inline())),
              prefix,
              random,
              clock);
      case Outside.Mcp mcp when spec.kind().equals("mcp") ->
          new McpConnector(
              spec,
              tools,
              new McpEndpoint(mcp.url(), mcp.secret().map(name -> secret(name, Optional.empty()))),
              clock);
      case Outside.Ldap ldap when spec.kind().equals("ldap") ->
          new LdapConnector(
              spec, tools, ldap.directory().endpoint(this::secret), prefix, random, clock);
      case Outside.Ssh ssh when spec.kind().equals("ssh") ->
          new SshConnector(spec, tools, ssh.hosts().endpoint(this::secret), prefix, random, clock);
      case Outside.Http ignored -> throw mismatch(spec);
      case Outside.Key ignored -> throw mismatch(spec);
      case Outside.Vault ignored -> throw mismatch(spec);
      case Outside.Postgres ignored -> throw mismatch(spec);
      case Outside.Mcp ignored -> throw mismatch(spec);
      case Outside.Ldap ignored -> throw mismatch(spec);
      case Outside.Ssh ignored -> throw mismatch(spec);
      case Outside.Opa ignored -> throw mismatch(spec);
    };
  }

  private HttpEndpoint client(Outside.Http http) {
    return new HttpEndpoint(
        http.base(),
        http.token(),
        http.revoke(),
        http.introspect(),
        http.clientId(),
        secret(http.secret(), http.inline()));
  }

  private KeyEndpoint standing(Outside.Key key) {
    return new KeyEndpoint(
        key.base(), key.header(), key.scheme(), secret(key.secret(), Optional.empty()));
  }

  private VaultEndpoint leased(Outside.Vault vault) {
    return new VaultEndpoint(
        vault.base(),
        vault.header(),
        vault.scheme(),
        vault.vault(),
        vault.path(),
        vault.field(),
        secret(vault.token(), Optional.empty()));
  }

  private static InvalidValueException mismatch(ConnectorSpec spec) {
    return new InvalidValueException(
        "endpoint `" + spec.endpoint() + "` is not of kind `" + spec.kind() + "`");
  }

  /** A sealed secret by its name, read when it is needed, or what the lab said in its place. */
  Supplier<String> secret(String name, Optional<String> inline) {
    return inline.map(value -> said(name, value)).orElseGet(() -> () -> sealed(name));
  }

  private Supplier<String> said(String name, String value) {
    SecretDuty.hold(live, name, value);
    return () -> value;
  }

  /** It may be another than at the start. */
  private String sealed(String name) {
    var secret = SealedSecrets.open(data.root()).get(name).map(SecretDuty::text);
    secret.ifPresent(text -> SecretDuty.hold(live, name, text));
    return secret.orElseThrow(() ->
        new InvalidValueException(
            "secret `" + name + "` is missing: run `remit secret put " + name + "`"));
  }
}
