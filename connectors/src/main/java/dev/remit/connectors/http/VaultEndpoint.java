package dev.remit.connectors.http;

import dev.remit.core.value.InvalidValueException;
import java.net.URI;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Where an HTTP system is whose credentials a dynamic secrets engine of Vault or OpenBao makes,
 * from the server's own configuration.
 *
 * @param baseUri what every declared path of the system stands under
 * @param header the header that carries the credential
 * @param scheme what stands before the credential and a space in that header; empty for nothing
 * @param vaultUri the address of Vault, without {@code /v1}
 * @param path what makes a credential when it is read, such as {@code terraform/creds/remit}
 * @param field the member of {@code data} that holds the credential
 * @param token reads the broker's own token at the moment of use
 */
public record VaultEndpoint(
    URI baseUri,
    String header,
    String scheme,
    URI vaultUri,
    String path,
    String field,
    Supplier<String> token) {
  private static final Pattern PATH =
      Pattern.compile("[a-z0-9_-]{1,64}(/[A-Za-z0-9_-]{1,64}){1,7}");

  public VaultEndpoint {
    KeyEndpoint.requireLogin(header, scheme);
    if (!PATH.matcher(path).matches() || path.startsWith("sys/") || path.startsWith("auth/")) {
      throw new InvalidValueException(
          "`" + path + "` is not a path that makes credentials, such as `terraform/creds/remit`");
    }
  }

  @Override
  public String toString() {
    return "VaultEndpoint[" + baseUri + " by " + vaultUri + "]";
  }
}
