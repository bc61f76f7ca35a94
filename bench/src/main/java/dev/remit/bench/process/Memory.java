package dev.remit.bench.process;

import dev.remit.bench.BenchException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process holds in memory. */
public final class Memory {

  private Memory() {}

  /** Resident memory in MiB, as the operating system counts it. */
  public static double residentMb(long pid) {
    try {
      Path status = Path.of("/proc", Long.toString(pid), "status");
      if (Files.isReadable(status)) {
        for (String line : Files.readAllLines(status)) {
          if (line.startsWith("VmRSS:")) {
            return kilobytes(line.substring(6).replace("kB", "")) / 1024.0;
          }
        }
      }
      var ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
      return kilobytes(new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          / 1024.0;
    } catch (IOException e) {
      throw BenchException.broken("cannot read the memory of process " + pid);
    }
  }

  private static long kilobytes(String text) {
    return Long.parseLong(text.strip());
  }
}
