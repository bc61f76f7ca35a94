package dev.remit.server.sink;

import dev.remit.core.value.CanonicalJson;
import dev.remit.core.value.Value;
import dev.remit.evidence.OcsfStream.Event;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/**
 * Events as syslog messages (RFC 5424) over TLS (RFC 5425), to a receiver whose certificate names
 * its host.
 *
 * <p>Syslog has no acknowledgement, so each batch has a connection of its own, which we close and
 * the receiver closes after it (RFC 5425, section 4.4): its {@code close_notify} comes after it has
 * read all of ours. Whatever else ends the connection means that the batch is sent again. A
 * receiver that closes without that word needs {@code lenient}: then the end of the connection is
 * taken for it, which somebody on the way could feign.
 */
public final class SyslogReceiver implements Receiver {

  /** RFC 5424, section 6.2.1: facility 13, log audit. */
  private static final int FACILITY = 13;

  private static final int CONNECT_MILLIS = 5_000;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final Peer peer;
  private final SSLContext tls;
  private final String hostname;

  /**
   * Whom to send to.
   *
   * @param limitBytes how long a message may be; a longer one is sent without the entry's leaf
   * @param isLenient whether the bare end of a connection acknowledges
   */
  public record Peer(String host, int port, int limitBytes, boolean isLenient) {}

  /**
   * @param tls whom to believe, and who we are
   * @param hostname what messages say of where they come from
   */
  public SyslogReceiver(Peer peer, SSLContext tls, String hostname) {
    this.peer = peer;
    this.tls = tls;
    this.hostname = hostname;
  }

  @Override
  public void deliver(Batch batch) throws IOException {
    var frames = new ByteArrayOutputStream();
    batch.events().forEach(event -> write(frames, event));
    try (var line = TlsLine.to(tls, peer.host(), peer.port(), CONNECT_MILLIS)) {
      line.send(frames.toByteArray());
      try {
        line.awaitClose();
      } catch (EOFException e) {
        if (!peer.isLenient()) {
          throw e;
        }
      }
    } catch (SSLException e) {
      throw new IOException("TLS with it failed", e);
    } catch (EOFException e) {
      throw new IOException("it closed without the notice that it has read everything", e);
    } catch (IOException e) {
      throw new IOException("it could not be reached or did not take everything", e);
    }
  }

  /** RFC 5425, section 4.3: the length in bytes, a space, the message. */
  private void write(ByteArrayOutputStream out, Event event) {
    byte[] message = message(event, event.ocsf());
    if (message.length > peer.limitBytes()) {
      message = message(event, withoutLeaf(event.ocsf()));
    }
    out.writeBytes((message.length + " ").getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(message);
  }

  private byte[] message(Event event, Value.Obj ocsf) {
    int severity = severity(ocsf.integer("severity_id").orElse(0L));
    String kind = event.text("kind").orElse("unreadable");
    String head =
        "<"
            + (FACILITY * 8 + severity)
            + ">1 "
            + event.text("at").orElse("-")
            + " "
            + hostname
            + " remit - "
            + (kind.length() > 32 ? kind.substring(0, 32) : kind)
            + " - ";
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(BYTE_ORDER_MARK);
    bytes.writeBytes(CanonicalJson.bytes(ocsf));
    return bytes.toByteArray();
  }

  private static Value.Obj withoutLeaf(Value.Obj ocsf) {
    return ocsf.with("unmapped", Value.object("leaf_left_out", true));
  }

  /** Of OCSF's High, Medium, Low and Informational: Error 3, Warning 4, Notice 5, Info 6. */
  private static int severity(long ocsf) {
    return switch ((int) ocsf) {
      case 4, 5, 6 -> 3;
      case 3 -> 4;
      case 2 -> 5;
      default -> 6;
    };
  }
}
