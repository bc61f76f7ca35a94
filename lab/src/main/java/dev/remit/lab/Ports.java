package dev.remit.lab;

import dev.remit.lab.directory.LabDirectory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The ports of the last start, which are used again where they are free; 0 means any. */
record Ports(Map<String, Integer> last) {
  /** The listeners. */
  static final List<String> LISTENERS =
      List.of("rmm", "oidc", "control", "people", "psa", "monitoring");

  /** What listens outside the web server. */
  private static final List<String> OTHERS = List.of(LabDirectory.LDAPS, LabDirectory.LETTERS);

  static final String ASSETS = "assets";

  static Ports last(LabFiles files, int wantedRmm) throws IOException {
    Map<String, Object> kept = files.read("ports.json").orElse(Map.of());
    Map<String, Integer> last = new LinkedHashMap<>();
    LISTENERS.forEach(name -> last.put(name, free(kept, name)));
    if (wantedRmm != 0) {
      last.put("rmm", wantedRmm);
    }
    OTHERS.forEach(name -> last.put(name, free(kept, name)));
    last.put(ASSETS, kept.get(ASSETS) instanceof Integer port ? port : 0);
    return new Ports(last);
  }

  int of(String name) {
    return last.getOrDefault(name, 0);
  }

  private static int free(Map<String, Object> kept, String name) {
    return kept.get(name) instanceof Integer port && isFree(port) ? port : 0;
  }

  /** Whether the port can be bound on loopback now. */
  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  void keep(LabFiles files) {
    files.write("ports.json", last);
  }
}
