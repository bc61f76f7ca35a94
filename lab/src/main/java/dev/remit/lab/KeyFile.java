package dev.remit.lab;

import dev.remit.lab.http.Json;
import dev.remit.lab.oidc.KeyStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The issuer's keys in the lab's folder. */
record KeyFile(LabFiles files) implements KeyStore {
  @Override
  public Optional<String> load() {
    try {
      return files.read("issuer-keys.json").map(json -> String.valueOf(json.get("jwks")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void save(String jwks) {
    files.write("issuer-keys.json", Json.object("jwks", jwks));
  }
}
