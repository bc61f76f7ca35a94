package dev.remit.server.sink;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate of its own for each name, made by the JDK's own tool. */
final class TestTls {

  private static final char[] PASSWORD = "password".toCharArray();

  private final Path folder;
  private final KeyStore store;

  private TestTls(Path folder, KeyStore store) {
    this.folder = folder;
    this.store = store;
  }

  /** A certificate that signs itself and names this host. */
  static TestTls of(Path folder, String host) {
    try {
      var file = Files.createTempDirectory(folder, "tls").resolve("store.p12");
      String kind = Character.isDigit(host.charAt(0)) ? "ip:" : "dns:";
      String command =
          "-genkeypair -alias own -keyalg EC -groupname secp256r1 -validity 3650"
              + " -storetype PKCS12 -storepass password -dname CN="
              + host
              + " -ext SAN="
              + kind
              + host
              + " -keystore "
              + file;
      var words = new java.util.ArrayList<>(List.of(command.split(" ", -1)));
      words.addFirst(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
      var process = new ProcessBuilder(words).redirectErrorStream(true).start();
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(said);
      }
      var store = KeyStore.getInstance(file.toFile(), PASSWORD);
      var tls = new TestTls(file.resolveSibling(""), store);
      write(tls.certificate(), "CERTIFICATE", store.getCertificate("own").getEncoded());
      write(tls.key(), "PRIVATE KEY", store.getKey("own", PASSWORD).getEncoded());
      return tls;
    } catch (IOException | GeneralSecurityException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void write(Path file, String what, byte[] bytes) throws IOException {
    var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    Files.writeString(
        file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
  }

  Path certificate() {
    return folder.resolve("cert.pem");
  }

  Path key() {
    return folder.resolve("key.pem");
  }

  /** The context of a server with this certificate, which believes this client. */
  SSLContext server(TestTls client) {
    try {
      var keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(store, PASSWORD);
      var believed = KeyStore.getInstance("PKCS12");
      believed.load(null, null);
      believed.setCertificateEntry("client", client.store.getCertificate("own"));
      var trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(believed);
      var context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
