package dev.remit.policy;

import java.util.Comparator;

/**
 * Something wrong in a workspace, where it is, and what to do.
 *
 * @param file the path inside the workspace
 * @param line counted from 1; 0 for the file as a whole
 */
public record Diagnostic(String file, int line, String message) implements Comparable<Diagnostic> {
  private static final Comparator<Diagnostic> ORDER =
      Comparator.comparing(Diagnostic::file)
          .thenComparingInt(Diagnostic::line)
          .thenComparing(Diagnostic::message);

  /** The form {@code file:line: message} that editors and people read. */
  public String text() {
    return line > 0 ? file + ":" + line + ": " + message : file + ": " + message;
  }

  @Override
  public int compareTo(Diagnostic other) {
    return ORDER.compare(this, other);
  }
}
