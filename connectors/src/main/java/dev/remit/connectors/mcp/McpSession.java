package dev.remit.connectors.mcp;

import dev.remit.core.lease.Credential;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One session at the upstream, which is the credential of its lease: it exists for one action or
 * the reads of one task, and its identifier never leaves this connector.
 */
final class McpSession implements Credential {
  private final String principal;
  private final Optional<String> id;
  private final String version;
  private final AtomicLong requests = new AtomicLong();
  private volatile Set<String> changed = Set.of();

  /**
   * A session as the upstream opened it.
   *
   * @param id absent where the upstream keeps no sessions
   * @param version the protocol version agreed on
   */
  McpSession(String principal, Optional<String> id, String version) {
    this.principal = principal;
    this.id = id;
    this.version = version;
  }

  @Override
  public String principal() {
    return principal;
  }

  @Override
  public List<String> secrets() {
    return id.stream().toList();
  }

  Optional<String> id() {
    return id;
  }

  String version() {
    return version;
  }

  long nextRequest() {
    return requests.incrementAndGet();
  }

  /** Tools whose definition did not equal its pin when this session was opened. */
  Set<String> changed() {
    return changed;
  }

  void changed(Set<String> tools) {
    changed = Set.copyOf(tools);
  }

  @Override
  public String toString() {
    return "McpSession[" + principal + "]";
  }
}
