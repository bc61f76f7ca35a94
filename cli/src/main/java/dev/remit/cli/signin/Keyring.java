package dev.remit.cli.signin;

import java.util.Optional;

/**
 * The system's store of secrets, where there is one. A failure is an answer, never an exception.
 */
public interface Keyring {

  /** No store: nothing can be kept in it. */
  Keyring NONE =
      new Keyring() {
        @Override
        public boolean put(String url, String token) {
          return false;
        }

        @Override
        public Optional<String> get(String url) {
          return Optional.empty();
        }

        @Override
        public void remove(String url) {}
      };

  /** Keeps the token for the installation at this address; false when it cannot. */
  boolean put(String url, String token);

  /** The token for the installation at this address. */
  Optional<String> get(String url);

  /** Forgets it. */
  void remove(String url);
}
