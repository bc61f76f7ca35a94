package dev.remit.evidence.pkcs11;

import dev.remit.log.Ed25519Verifier;
import dev.remit.log.KeyId;
import dev.remit.log.KeyName;
import dev.remit.log.NoteSigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Signs notes with an Ed25519 key on a token.
 *
 * <p>Logs in with the first note. A session that fails is opened anew, once for each note. Every
 * signature is checked with the public key that is expected before it is given on. A refused PIN is
 * never tried twice. A token that is late may hold up its module for good: then this signer is at
 * its end, and its process with it.
 */
public final class TokenSigner implements NoteSigner, AutoCloseable {

  private final Cryptoki module;
  private final TokenKey where;
  private final Supplier<byte[]> pin;
  private final Ed25519Verifier verifier;
  private final Duration deadline;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("token").factory());
  private @Nullable Session session;
  private long key;
  private @Nullable CryptokiException refused;

  private TokenSigner(
      TokenKey where, Supplier<byte[]> pin, Ed25519Verifier verifier, Duration deadline) {
    this.module = Cryptoki.load(where.module());
    this.where = where;
    this.pin = pin;
    this.verifier = verifier;
    this.deadline = deadline;
  }

  /**
   * With the key of which this is the public part.
   *
   * @param pin read at each login; what it gives is written over
   * @param deadline for one note
   */
  public static TokenSigner of(
      TokenKey where, Supplier<byte[]> pin, Ed25519Verifier verifier, Duration deadline) {
    return new TokenSigner(where, pin, verifier, deadline);
  }

  /** The 32 bytes of the public key; the key pair is made if none of its label is there. */
  public static byte[] create(TokenKey where, Supplier<byte[]> pin) {
    byte[] secret = pin.get();
    try (var session = Session.forWriting(Cryptoki.load(where.module()), where.token(), secret)) {
      if (session.privateKey(where.label()).isEmpty()) {
        session.generate(where.label());
      }
      return session.publicKey(where.label());
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  @Override
  public KeyName name() {
    return verifier.name();
  }

  @Override
  public KeyId id() {
    return verifier.id();
  }

  /**
   * {@inheritDoc}
   *
   * @throws CryptokiException if the token did not sign
   * @throws UncheckedIOException if it was late: the process should end
   */
  @Override
  public byte[] sign(byte[] text) {
    return within(() -> signed(text));
  }

  private <T> T within(Callable<T> work) {
    var running = thread.submit(work);
    try {
      return running.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      thread.shutdownNow();
      throw new UncheckedIOException("the token did not answer in time", new IOException(e));
    } catch (ExecutionException e) {
      throw e.getCause() instanceof CryptokiException known
          ? known
          : new IllegalStateException("the token cannot be used", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the token signed", e);
    }
  }

  private byte[] signed(byte[] text) {
    try {
      return checked(text);
    } catch (CryptokiException e) {
      drop();
      if (refused != null) {
        throw e;
      }
      return checked(text);
    }
  }

  private byte[] checked(byte[] text) {
    var open = session == null ? open() : session;
    byte[] signature = open.sign(key, text);
    if (!verifier.verifies(text, signature)) {
      throw new CryptokiException(
          "the key `" + where.label() + "` on the token is not the one of the verifier key");
    }
    return signature;
  }

  private Session open() {
    if (refused != null) {
      throw refused;
    }
    byte[] secret = pin.get();
    try {
      var opened = Session.open(module, where.token(), secret);
      session = opened;
      key =
          opened
              .privateKey(where.label())
              .orElseThrow(() ->
                  new CryptokiException(
                      "the token has no ed25519 key called `" + where.label() + "`"));
      return opened;
    } catch (CryptokiException e) {
      refused = e.isOfThePin() ? e : null;
      throw e;
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private void drop() {
    var lost = session;
    session = null;
    if (lost != null) {
      lost.close();
    }
  }

  /** Logs out. */
  @Override
  public void close() {
    if (!thread.isShutdown()) {
      within(() -> {
        drop();
        return true;
      });
      thread.shutdown();
    }
  }

  /** Name and id only. */
  @Override
  public String toString() {
    return name() + "+" + id();
  }
}
