package dev.remit.evidence.pkcs11;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.remit.evidence.pkcs11.Cryptoki.Function;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * A session of the user of one token (PKCS #11 3.0, section 5.6).
 *
 * <p>The module is set up for it and taken down with it, so that a new session owes nothing to one
 * that was lost. Not for two threads at once.
 */
final class Session implements AutoCloseable {

  static final int SIGNATURE_BYTES = 64;

  private static final long SERIAL = 4;
  private static final long WRITING = 2;
  private static final long USER = 1;
  private static final long MECHANISM_EDDSA = 0x1057;
  private static final long MECHANISM_NEW_EDWARDS_KEY = 0x1055;
  private static final long ALREADY_INITIALIZED = 0x191;
  private static final int MOST_SLOTS = 256;
  private static final int TOKEN_INFO_BYTES = 256;
  private static final int MOST_VALUE_BYTES = 64;
  private static final int LABEL_BYTES = 32;
  private static final long FLAGS_AT = 96;

  /** A wrong PIN was entered, or one try is left, or none. */
  private static final long PIN_IS_IN_DANGER = 0x70000;

  private final Cryptoki module;
  private final long handle;

  private Session(Cryptoki module, long handle) {
    this.module = module;
    this.handle = handle;
  }

  /** For signing. */
  static Session open(Cryptoki module, String token, byte[] pin) {
    return open(module, token, pin, SERIAL);
  }

  /** For making a key. */
  static Session forWriting(Cryptoki module, String token, byte[] pin) {
    return open(module, token, pin, SERIAL | WRITING);
  }

  private static Session open(Cryptoki module, String token, byte[] pin, long flags) {
    long code = module.returned(Function.C_Initialize, MemorySegment.NULL);
    if (code != Cryptoki.OK && code != ALREADY_INITIALIZED) {
      throw CryptokiException.of("C_Initialize", code);
    }
    try (var arena = Arena.ofConfined()) {
      long slot = slot(module, token, arena);
      var opened = arena.allocate(JAVA_LONG);
      module.call(
          Function.C_OpenSession, slot, flags, MemorySegment.NULL, MemorySegment.NULL, opened);
      var session = new Session(module, opened.get(JAVA_LONG, 0));
      session.logIn(pin, arena);
      return session;
    } catch (CryptokiException e) {
      module.returned(Function.C_Finalize, MemorySegment.NULL);
      throw e;
    }
  }

  private static long slot(Cryptoki module, String token, Arena arena) {
    var slots = arena.allocate(JAVA_LONG, MOST_SLOTS);
    var count = arena.allocateFrom(JAVA_LONG, MOST_SLOTS);
    module.call(Function.C_GetSlotList, 1L, slots, count);
    var found = OptionalLong.empty();
    for (int i = 0; i < count.get(JAVA_LONG, 0); i++) {
      long slot = slots.getAtIndex(JAVA_LONG, i);
      var info = arena.allocate(TOKEN_INFO_BYTES, Long.BYTES);
      if (module.returned(Function.C_GetTokenInfo, slot, info) == Cryptoki.OK
          && label(info).equals(token)) {
        if (found.isPresent()) {
          throw new CryptokiException("more than one token is called `" + token + "`");
        }
        requireSafePin(info.get(JAVA_LONG, FLAGS_AT));
        found = OptionalLong.of(slot);
      }
    }
    return found.orElseThrow(() -> new CryptokiException("no token is called `" + token + "`"));
  }

  private static String label(MemorySegment info) {
    byte[] label = info.asSlice(0, LABEL_BYTES).toArray(JAVA_BYTE);
    return new String(label, StandardCharsets.UTF_8).stripTrailing();
  }

  /** A signer that is started again and again must not lock the token with a wrong PIN. */
  private static void requireSafePin(long flags) {
    if ((flags & PIN_IS_IN_DANGER) != 0) {
      throw new CryptokiException(
          "a wrong PIN was entered before: log in once with the token's own tool");
    }
  }

  private void logIn(byte[] pin, Arena arena) {
    var bytes = arena.allocateFrom(JAVA_BYTE, pin);
    try {
      module.call(Function.C_Login, handle, USER, bytes, (long) pin.length);
    } finally {
      bytes.fill((byte) 0);
    }
  }

  /** The one private key of this label; empty if there is none. */
  OptionalLong privateKey(String label) {
    return key(Attributes.of(Attributes.PRIVATE_KEY, label), label);
  }

  private OptionalLong key(Attributes wanted, String label) {
    try (var arena = Arena.ofConfined()) {
      var found = arena.allocate(JAVA_LONG, 2);
      var count = arena.allocate(JAVA_LONG);
      module.call(Function.C_FindObjectsInit, handle, wanted.in(arena), wanted.count());
      module.call(Function.C_FindObjects, handle, found, 2L, count);
      module.call(Function.C_FindObjectsFinal, handle);
      if (count.get(JAVA_LONG, 0) > 1) {
        throw new CryptokiException("more than one key on the token is called `" + label + "`");
      }
      return count.get(JAVA_LONG, 0) == 1
          ? OptionalLong.of(found.get(JAVA_LONG, 0))
          : OptionalLong.empty();
    }
  }

  /** Makes an Ed25519 key pair of this label that does not leave the token. */
  void generate(String label) {
    try (var arena = Arena.ofConfined()) {
      var forPublic = Attributes.newPublic(label);
      var forPrivate = Attributes.newPrivate(label);
      module.call(
          Function.C_GenerateKeyPair,
          handle,
          mechanism(MECHANISM_NEW_EDWARDS_KEY, arena),
          forPublic.in(arena),
          forPublic.count(),
          forPrivate.in(arena),
          forPrivate.count(),
          arena.allocate(JAVA_LONG),
          arena.allocate(JAVA_LONG));
    }
  }

  /** The 32 bytes of the public key of this label (RFC 8032 §5.1.5). */
  byte[] publicKey(String label) {
    long key =
        key(Attributes.of(Attributes.PUBLIC_KEY, label), label)
            .orElseThrow(
                () -> new CryptokiException("the token has no public key called `" + label + "`"));
    return point(value(key, Attributes.EC_POINT));
  }

  /** An attribute of at most 64 bytes. */
  byte[] value(long key, long attribute) {
    try (var arena = Arena.ofConfined()) {
      var value = arena.allocate(MOST_VALUE_BYTES);
      var wanted = arena.allocate(3L * Long.BYTES, Long.BYTES);
      wanted.set(JAVA_LONG, 0, attribute);
      wanted.set(ADDRESS, Long.BYTES, value);
      wanted.set(JAVA_LONG, 2 * Long.BYTES, MOST_VALUE_BYTES);
      module.call(Function.C_GetAttributeValue, handle, key, wanted, 1L);
      int length = (int) wanted.get(JAVA_LONG, 2 * Long.BYTES);
      return Arrays.copyOf(value.toArray(JAVA_BYTE), length);
    }
  }

  /** A point as modules give it: bare, or in a DER octet string (PKCS #11 3.0, section 2.3.5). */
  private static byte[] point(byte[] value) {
    if (value.length == 32) {
      return value;
    }
    if (value.length != 34 || value[0] != 4 || value[1] != 32) {
      throw new CryptokiException("the token's public key is not one of ed25519");
    }
    return Arrays.copyOfRange(value, 2, value.length);
  }

  /** The Ed25519 signature (RFC 8032 §5.1.6). */
  byte[] sign(long key, byte[] text) {
    try (var arena = Arena.ofConfined()) {
      var signature = arena.allocate(SIGNATURE_BYTES);
      var length = arena.allocateFrom(JAVA_LONG, SIGNATURE_BYTES);
      module.call(Function.C_SignInit, handle, mechanism(MECHANISM_EDDSA, arena), key);
      module.call(
          Function.C_Sign,
          handle,
          arena.allocateFrom(JAVA_BYTE, text),
          (long) text.length,
          signature,
          length);
      return signature.toArray(JAVA_BYTE);
    }
  }

  /** CK_MECHANISM without a parameter. */
  private static MemorySegment mechanism(long type, Arena arena) {
    var mechanism = arena.allocate(3L * Long.BYTES, Long.BYTES);
    mechanism.set(JAVA_LONG, 0, type);
    return mechanism;
  }

  /** Ends every session of this process with the module. */
  @Override
  public void close() {
    module.returned(Function.C_Finalize, MemorySegment.NULL);
  }
}
