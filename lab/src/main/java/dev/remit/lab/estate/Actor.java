package dev.remit.lab.estate;

/** Who acted, as the vendor sees it: the OAuth client and the SHA-256 of the token it showed. */
public record Actor(String clientId, String tokenDigest) {
  /** The vendor's own machinery. */
  public static final Actor SYSTEM = new Actor("system", "");
}
