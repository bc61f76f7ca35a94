package dev.remit.connectors.ssh;

import dev.remit.core.value.InvalidValueException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Hosts and the certificate authority that they trust, from the server's own configuration.
 *
 * <p>Promises: at least one host and one source address; names are distinct; either every host
 * takes revocation lists or none does, so that the connector says one true thing of its revocation.
 * Anything else is an {@link InvalidValueException}.
 *
 * @param caKey reads the authority's private key at the moment of use: Ed25519 in OpenSSH's format,
 *     without a passphrase
 * @param sourceAddresses from where certificates may be used, as addresses or CIDR
 * @param programs absolute paths that commands of the workspace may begin with
 */
public record SshEndpoint(
    Supplier<String> caKey, List<String> sourceAddresses, Set<String> programs, List<Host> hosts) {
  private static final Pattern SOURCE = Pattern.compile("[0-9a-fA-F.:]{2,45}(?:/[0-9]{1,3})?");
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,62}");
  private static final Pattern ACCOUNT = Pattern.compile("[a-z_][a-z0-9_-]{0,31}");
  private static final Pattern PATH = Pattern.compile("(?:/[A-Za-z0-9_+-][A-Za-z0-9._+-]*)+");

  public SshEndpoint {
    sourceAddresses = List.copyOf(sourceAddresses);
    programs = Set.copyOf(programs);
    hosts = List.copyOf(hosts);
    need(!hosts.isEmpty(), "an ssh endpoint lists at least one host");
    need(
        !sourceAddresses.isEmpty()
            && sourceAddresses.stream().allMatch(text -> SOURCE.matcher(text).matches()),
        "an ssh endpoint lists the addresses that logins come from, such as 192.0.2.7/32");
    need(programs.stream().allMatch(SshEndpoint::isPath), "a program is an absolute path");
    need(
        new HashSet<>(hosts.stream().map(Host::name).toList()).size() == hosts.size(),
        "a host's name is there twice");
    long revocable = hosts.stream().filter(host -> host.revoker().isPresent()).count();
    need(
        revocable == 0 || revocable == hosts.size(),
        "some hosts take revocation lists and others do not: make two endpoints of them");
  }

  /** Whether every host takes revocation lists. */
  boolean isRevocable() {
    return hosts.getFirst().revoker().isPresent();
  }

  static boolean isPath(String text) {
    return text.length() <= 200 && PATH.matcher(text).matches();
  }

  private static void need(boolean claim, String otherwise) {
    if (!claim) {
      throw new InvalidValueException(otherwise);
    }
  }

  @Override
  public String toString() {
    return "SshEndpoint" + hosts.stream().map(Host::name).toList();
  }

  /**
   * One host.
   *
   * @param name what calls name it by, and what its list of principals names
   * @param owner the external identifier of the tenant that it belongs to
   * @param key the line of its pinned Ed25519 host key ({@code ssh-ed25519 AAAA…})
   * @param revoker how revocation lists reach it, if they do
   * @param attributes what is known of it, as text
   */
  public record Host(
      String name,
      String owner,
      String address,
      int port,
      String key,
      Optional<Revoker> revoker,
      Map<String, String> attributes) {
    public Host {
      attributes = Map.copyOf(attributes);
      need(NAME.matcher(name).matches(), "a host's name is lower-case letters, digits, `.`, `-`");
      need(!owner.isBlank(), "host `" + name + "` has no owner");
      need(!address.isBlank() && port > 0 && port < 65_536, "host `" + name + "` has no address");
      HostKeys.parse(key);
    }
  }

  /**
   * The account that takes revocation lists.
   *
   * @param command the words of the program that does it, such as {@code sudo -n
   *     /usr/local/libexec/remit-revoke}; the first is an absolute path
   */
  public record Revoker(String account, List<String> command) {
    public Revoker {
      command = List.copyOf(command);
      need(ACCOUNT.matcher(account).matches(), "`" + account + "` is no account's name");
      need(!command.isEmpty() && isPath(command.getFirst()), "a revoker is an absolute path");
    }
  }
}
