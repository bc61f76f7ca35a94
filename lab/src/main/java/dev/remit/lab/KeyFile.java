package dev.remit.lab;

import dev.remit.lab.http.Json;
import dev.remit.lab.oidc.KeyStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** An issuer's keys in a file of the lab's folder. */
record KeyFile(LabFiles files, String name) implements KeyStore {
  @Override
  public Optional<String> load() {
    try {
      return files.read(name).map(json -> String.valueOf(json.get("jwks")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void save(String jwks) {
    files.write(name, Json.object("jwks", jwks));
  }
}
