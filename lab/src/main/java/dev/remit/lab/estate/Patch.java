package dev.remit.lab.estate;

import java.util.List;

/** An update that was approved for installation. */
public record Patch(String id, String title, String severity) {
  /** What is approved for every ring. */
  public static final List<Patch> APPROVED =
      List.of(
          new Patch("KB5050009", "Cumulative update for Windows", "critical"),
          new Patch("KB5049993", "Cumulative update for the .NET Framework", "important"));
}
