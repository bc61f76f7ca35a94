package dev.remit.postgres;

import dev.remit.log.Ed25519Signer;
import dev.remit.log.KeyName;
import dev.remit.log.TrustedKeys;
import java.security.SecureRandom;
import java.time.InstantSource;

/** The logs of a small installation, integrated when a test says so. */
final class OversightLog implements AutoCloseable {
  private final PostgresIntegrator integrator;

  OversightLog(World world) {
    var key = Ed25519Signer.generate(new KeyName("remit/lab/harbor-dental"), new SecureRandom());
    this.integrator =
        new PostgresIntegrator(
            world.database,
            "lab",
            new LogSigning(
                (tenant, checkpoint) -> checkpoint.sign(key), TrustedKeys.of(key.verifier())),
            InstantSource.fixed(World.NOW));
  }

  /** Everything that was appended is in its log. */
  void integrate() {
    for (int entries = integrator.runOnce(); entries > 0; entries = integrator.runOnce()) {
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    integrator.close();
  }
}
