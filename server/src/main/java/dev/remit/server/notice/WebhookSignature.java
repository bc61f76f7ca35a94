package dev.remit.server.notice;

import dev.remit.core.value.InvalidValueException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What proves to a receiver that a webhook is ours (Standard Webhooks 1.0.0, HMAC-SHA256). */
public final class WebhookSignature {

  private static final String PREFIX = "whsec_";

  private WebhookSignature() {}

  /** The signature without its version, base64. */
  public static String of(String secret, String id, Instant at, String body) {
    if (!secret.startsWith(PREFIX)) {
      throw new InvalidValueException("a webhook's secret is `whsec_` and base64");
    }
    byte[] key = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
    if (key.length < 24) {
      throw new InvalidValueException("a webhook's secret has at least 24 bytes");
    }
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      String text = id + "." + at.getEpochSecond() + "." + body;
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the platform lacks HmacSHA256", e);
    }
  }
}
