package dev.remit.cli.connect;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Reads a stream of events (HTML standard, "Server-sent events"); only their data counts here. */
final class Events {

  private Events() {}

  /** Hands each event's data on as soon as it is whole; what the stream's end cut off is none. */
  static void read(InputStream stream, Consumer<String> message) throws IOException {
    var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    var data = new StringBuilder();
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isEmpty()) {
        if (!data.isEmpty()) {
          message.accept(data.toString());
          data.setLength(0);
        }
      } else if (line.startsWith("data:")) {
        data.append(data.isEmpty() ? "" : "\n");
        data.append(line.substring(line.startsWith("data: ") ? 6 : 5));
      }
    }
  }
}
