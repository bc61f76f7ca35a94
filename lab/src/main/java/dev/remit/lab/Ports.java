package dev.remit.lab;

import dev.remit.lab.http.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;

/** The ports of the last start, which are used again where they are free; 0 means any. */
record Ports(int rmm, int oidc, int control, int assets) {

  static Ports last(LabFiles files, int wantedRmm) throws IOException {
    Map<String, Object> kept = files.read("ports.json").orElse(Map.of());
    return new Ports(
        wantedRmm != 0 ? wantedRmm : free(kept, "rmm"),
        free(kept, "oidc"),
        free(kept, "control"),
        kept.get("assets") instanceof Integer port ? port : 0);
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
    files.write(
        "ports.json", Json.object("rmm", rmm, "oidc", oidc, "control", control, "assets", assets));
  }
}
