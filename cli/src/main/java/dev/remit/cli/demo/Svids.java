package dev.remit.cli.demo;

import dev.remit.cli.CommandException;
import dev.remit.cli.Folders;
import dev.remit.core.identity.SpiffeId;
import dev.remit.core.tenant.Environment;
import dev.remit.core.value.Value;
import dev.remit.identity.spiffe.Bundles;
import dev.remit.identity.spiffe.FileBundles;
import dev.remit.identity.spiffe.OwnCertificate;
import dev.remit.identity.spiffe.SvidTls;
import dev.remit.identity.spiffe.SvidTrust;
import dev.remit.identity.spiffe.TrustDomain;
import dev.remit.identity.spiffe.X509Svids;
import dev.remit.identity.spiffe.soft.SoftTrustDomain;
import dev.remit.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;

/**
 * A SPIFFE trust domain of the demo, in a folder: its bundle, SVIDs of the server and of workloads,
 * and the server's configuration that names them. Its key is in no file and is gone when they are
 * written.
 */
record Svids(Path folder) {

  private static final String DOMAIN = "agents.example-msp.example";

  /** What its SPIFFE IDs begin with. */
  static final String NAME = "spiffe://" + DOMAIN;

  private static final String SERVER = "/remit";

  /** The agent of the demo's workspace that proves itself so. */
  static final String HELPER = "/device-helper/harbor-dental/production/observe";

  /** A workload of the same domain that is no agent. */
  static final String STRANGER = "/somebody";

  private static final Duration LIFE = Duration.ofHours(12);

  /**
   * It tells of every bundle that is read, and here each client reads it. Loggers are kept by us.
   */
  private static final Logger BUNDLES = Logger.getLogger(Bundles.class.getName());

  /** Writes all of it, in place of what is there. */
  static Svids write(Path folder) {
    var svids = new Svids(folder);
    var now = Instant.now();
    var ours = SoftTrustDomain.of(DOMAIN, now.minusSeconds(60), LIFE.multipliedBy(2));
    var theirs = SoftTrustDomain.of(DOMAIN, now.minusSeconds(60), LIFE.multipliedBy(2));
    try {
      Folders.remove(folder);
      Folders.own(folder);
      Files.write(svids.bundle(), Json.bytes(ours.bundle(1)));
      for (var path : List.of(SERVER, HELPER, STRANGER)) {
        svids.write(name(path), ours.svid(path, now.minusSeconds(60), now.plus(LIFE)));
      }
      svids.write("forged", theirs.svid(HELPER, now.minusSeconds(60), now.plus(LIFE)));
      Files.write(svids.configuration(), Json.bytes(svids.settings()));
      return svids;
    } catch (IOException e) {
      throw CommandException.broken("cannot write the demo's certificates to `" + folder + "`");
    }
  }

  private void write(String name, SoftTrustDomain.Svid svid) throws IOException {
    Files.writeString(chain(name), svid.chainPem(), StandardCharsets.US_ASCII);
    var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Files.writeString(Files.createFile(key(name), owner), svid.keyPem(), StandardCharsets.US_ASCII);
  }

  private Value.Obj settings() {
    return Value.object(
        "trustDomains",
        List.of(
            Value.object(
                "name",
                DOMAIN,
                "environments",
                List.of("production"),
                "bundle",
                Value.object("file", bundle().toAbsolutePath().toString()))),
        "machines",
        Value.object(
            "port",
            0L,
            "hosts",
            List.of("127.0.0.1"),
            "certificate",
            chain(name(SERVER)).toAbsolutePath().toString(),
            "key",
            key(name(SERVER)).toAbsolutePath().toString()));
  }

  /** The server's configuration. */
  Path configuration() {
    return folder.resolve("config.json");
  }

  /** TLS of a workload of this path; of one that shows nothing, if empty. */
  SSLContext tls(Optional<String> path) {
    return context(path.map(Svids::name));
  }

  /** TLS of somebody with the agent's name and a root of their own. */
  SSLContext forged() {
    return context(Optional.of("forged"));
  }

  private SSLContext context(Optional<String> name) {
    BUNDLES.setLevel(Level.WARNING);
    var bundles = new Bundles();
    var domain =
        new TrustDomain(DOMAIN, "remit", Set.of(Environment.PRODUCTION), TrustDomain.USUAL);
    bundles.with(domain, new FileBundles(bundle()));
    bundles.refresh(Instant.now());
    var server = SpiffeId.parse(NAME + SERVER);
    var trust = new SvidTrust(new X509Svids(bundles), InstantSource.system(), List.of(server));
    return SvidTls.context(
        name.<List<KeyManager>>map(own -> List.of(OwnCertificate.of(chain(own), key(own))))
            .orElse(List.of()),
        trust);
  }

  private static String name(String path) {
    return path.substring(1).replace('/', '.');
  }

  private Path bundle() {
    return folder.resolve("bundle.json");
  }

  private Path chain(String name) {
    return folder.resolve(name + ".pem");
  }

  private Path key(String name) {
    return folder.resolve(name + ".key");
  }
}
