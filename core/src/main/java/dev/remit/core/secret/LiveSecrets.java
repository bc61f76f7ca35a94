package dev.remit.core.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The secrets that are live in this process, known by keyed digests alone.
 *
 * <p>Each guise of a secret ({@link Guises}) is found by its last eight characters, as a number
 * under the key, and proven by an HMAC-SHA256 of the whole: nothing here can be read back, and
 * nothing is found but the secret itself. Secrets of other processes are not known. Secrets of less
 * than {@value #SHORTEST} characters are not watched for: they would be found in plain words.
 *
 * <p>Thread-safe; looking takes no lock, and sees what was held before it began.
 */
public final class LiveSecrets {
  /** How many characters a secret must have to be watched for. */
  public static final int SHORTEST = 12;

  private static final int FILTER_BITS = 17;
  private static final int KEY_BITS = 48;
  private static final String FORM = "live-credential";

  private record Mark(long key, int length, ByteBuffer digest) {}

  private final SecretKeySpec digestKey;
  private final long factor;
  private final Map<String, List<Mark>> held = new HashMap<>(); // guarded by this
  private final int[] counts = new int[1 << FILTER_BITS]; // guarded by this
  private final Map<Long, List<Mark>> marks = new ConcurrentHashMap<>(); // written under this
  private final AtomicLongArray filter = new AtomicLongArray((1 << FILTER_BITS) / Long.SIZE);

  /** Takes a key of 32 random bytes that is used for nothing else. */
  public LiveSecrets(byte[] key) {
    this.digestKey = new SecretKeySpec(key, "HmacSHA256");
    byte[] derived = hmac("factor".getBytes(StandardCharsets.UTF_8));
    long number = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      number = number << Byte.SIZE | (derived[i] & 0xff);
    }
    this.factor = number | 1;
  }

  /** Watches for these until {@link #release}; what this holder held before is released. */
  public void hold(String holder, List<String> secrets) {
    var made =
        secrets.stream()
            .filter(secret -> secret.length() >= SHORTEST)
            .flatMap(secret -> Guises.of(secret).stream())
            .map(this::mark)
            .toList();
    synchronized (this) {
      var before = made.isEmpty() ? held.remove(holder) : held.put(holder, made);
      made.forEach(this::add);
      if (before != null) {
        before.forEach(this::drop);
      }
    }
  }

  /** Forgets what this holder held. */
  public void release(String holder) {
    synchronized (this) {
      var before = held.remove(holder);
      if (before != null) {
        before.forEach(this::drop);
      }
    }
  }

  /** How many holders there are. */
  public synchronized int size() {
    return held.size();
  }

  private Mark mark(String guise) {
    return new Mark(
        key(Windows.last(guise)),
        guise.length(),
        ByteBuffer.wrap(hmac(guise.getBytes(StandardCharsets.UTF_8))));
  }

  private void add(Mark mark) {
    marks.merge(mark.key(), List.of(mark), LiveSecrets::joined);
    int slot = slot(mark.key());
    if (counts[slot]++ == 0) {
      filter.getAndUpdate(slot / Long.SIZE, bits -> bits | 1L << slot);
    }
  }

  private void drop(Mark mark) {
    int slot = slot(mark.key());
    if (--counts[slot] == 0) {
      filter.getAndUpdate(slot / Long.SIZE, bits -> bits & ~(1L << slot));
    }
    marks.computeIfPresent(mark.key(), (key, all) -> without(all, mark));
  }

  private static List<Mark> joined(List<Mark> some, List<Mark> more) {
    var all = new ArrayList<>(some);
    all.addAll(more);
    return List.copyOf(all);
  }

  /** One less of it: two holders may hold the same secret. */
  private static @Nullable List<Mark> without(List<Mark> all, Mark mark) {
    var left = new ArrayList<>(all);
    left.remove(mark);
    return left.isEmpty() ? null : List.copyOf(left);
  }

  private long key(long window) {
    return (window * factor) >>> (Long.SIZE - KEY_BITS);
  }

  private static int slot(long key) {
    return (int) (key >>> (KEY_BITS - FILTER_BITS));
  }

  /** Whether a secret may end at this window; quick, and seldom wrong. */
  boolean mayEnd(long window) {
    int slot = slot(key(window));
    return (filter.getOpaque(slot / Long.SIZE) & 1L << slot) != 0;
  }

  /** The longest secret that ends with the character at {@code last}; null when none does. */
  @Nullable Found at(String text, long window, int last) {
    Found longest = null;
    for (var mark : marks.getOrDefault(key(window), List.of())) {
      int from = last + 1 - mark.length();
      boolean isLonger = longest == null || from < longest.from();
      if (from >= 0 && isLonger && isOf(mark, text.substring(from, last + 1))) {
        longest = new Found(from, last + 1, FORM);
      }
    }
    return longest;
  }

  private boolean isOf(Mark mark, String text) {
    return MessageDigest.isEqual(
        mark.digest().array(), hmac(text.getBytes(StandardCharsets.UTF_8)));
  }

  private byte[] hmac(byte[] text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(digestKey);
      byte[] digest = mac.doFinal(text);
      Arrays.fill(text, (byte) 0);
      return digest;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  @Override
  public String toString() {
    return "LiveSecrets[" + size() + "]";
  }
}
