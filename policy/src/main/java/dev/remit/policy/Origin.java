package dev.remit.policy;

/** Where in the workspace a policy was written. */
public record Origin(String file, int line) {
  Diagnostic diagnostic(String message) {
    return new Diagnostic(file, line, message);
  }

  @Override
  public String toString() {
    return file + ":" + line;
  }
}
