package dev.remit.web.http;

import java.security.cert.X509Certificate;
import java.util.List;

/** Whose word about another's certificate is taken (RFC 9440, section 4). */
public interface ProxyRule {

  /** Nobody's. */
  ProxyRule NONE = chain -> false;

  /** Whether the holder of this chain is a listed proxy at this moment. */
  boolean isProxy(List<X509Certificate> chain);
}
