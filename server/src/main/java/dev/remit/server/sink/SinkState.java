package dev.remit.server.sink;

/**
 * How a sink fares in this process.
 *
 * @param sent how many events were acknowledged since the start
 * @param failures how many deliveries were not since the start
 * @param failure why the last one was not; empty when it was
 */
public record SinkState(String name, long sent, long failures, String failure) {

  static SinkState begun(String name) {
    return new SinkState(name, 0, 0, "");
  }

  SinkState sent(int events, boolean isWhole) {
    return new SinkState(name, sent + events, failures, isWhole ? "" : failure);
  }

  SinkState failed(String why) {
    return new SinkState(name, sent, failures + 1, why.isEmpty() ? "it failed" : why);
  }
}
