package dev.remit.cli.connect;

import dev.remit.cli.CommandException;
import io.spiffe.exception.SocketEndpointAddressException;
import io.spiffe.exception.X509SourceException;
import io.spiffe.workloadapi.DefaultX509Source;
import io.spiffe.workloadapi.X509Source;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The workload's X.509-SVID as the Workload API of this machine hands it out, and hands it out
 * again before it ends (SPIFFE Workload API, section 5.2.1). The key is never written anywhere.
 */
final class WorkloadCertificate implements Supplier<Wire.Own> {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Of the library; kept, because loggers that nobody holds forget their level. */
  private static final List<Logger> LIBRARY =
      List.of(Logger.getLogger("io.spiffe"), Logger.getLogger("io.grpc"));

  private final X509Source source;

  /**
   * Waits until the first certificate is there.
   *
   * @param address such as {@code unix:/run/spire/agent/api.sock}
   */
  WorkloadCertificate(String address) {
    this(address, PATIENCE);
  }

  WorkloadCertificate(String address, Duration patience) {
    LIBRARY.forEach(logger -> logger.setLevel(Level.OFF)); // what matters is told below
    try {
      source =
          DefaultX509Source.newSource(
              DefaultX509Source.X509SourceOptions.builder()
                  .spiffeSocketPath(address)
                  .initTimeout(patience)
                  .build());
    } catch (SocketEndpointAddressException | IllegalArgumentException e) {
      throw CommandException.usage(
          "`" + address + "` is no address of a workload api; write unix:/path or tcp:ip:port");
    } catch (X509SourceException e) {
      throw CommandException.broken(
          "the workload api at `"
              + address
              + "` gives no certificate: is this process registered?");
    }
  }

  @Override
  public Wire.Own get() {
    var svid = source.getX509Svid();
    return new Wire.Own(svid.getChain(), svid.getPrivateKey());
  }
}
