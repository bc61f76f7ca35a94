package dev.remit.lab.oidc;

import java.util.Optional;

/** Where the issuer's keys are kept between starts, as one JWK set with private parts. */
public interface KeyStore {
  Optional<String> load();

  void save(String jwks);
}
