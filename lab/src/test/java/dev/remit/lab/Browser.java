package dev.remit.lab;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a browser and a console do together to sign a person in at one issuer. */
record Browser(TestLab lab, String organisation) {
  static final String VERIFIER = "v".repeat(43);
  private static final Pattern REQUEST = Pattern.compile("name=\"request\" value=\"([^\"]+)\"");

  String issuer() {
    return lab.part("people", organisation).get("issuer") + "";
  }

  String secret() {
    return lab.part("people", organisation).get("clientSecret") + "";
  }

  /** The subject of the first account in the group. */
  String member(String group) {
    return accounts().stream()
            .filter(account -> (account.get("groups") + "").contains(group))
            .findFirst()
            .orElseThrow()
            .get("subject")
        + "";
  }

  List<Map<String, Object>> accounts() {
    return TestLab.objects(lab.part("people", organisation).getOrDefault("accounts", List.of()));
  }

  String redirect() {
    return "http://localhost:8471/signin/callback/" + lab.part("people", organisation).get("name");
  }

  Map<String, String> parameters() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("response_type", "code");
    all.put("client_id", "remit-console");
    all.put("redirect_uri", redirect());
    all.put("scope", "openid");
    all.put("state", "the state & more");
    all.put("nonce", "the-nonce");
    all.put("code_challenge", challenge(VERIFIER));
    all.put("code_challenge_method", "S256");
    return all;
  }

  Map<String, String> parameters(String name, String value) {
    Map<String, String> all = parameters();
    all.put(name, value);
    return all;
  }

  static String challenge(String verifier) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<String> authorize(Map<String, String> parameters) {
    return lab.send(
        HttpRequest.newBuilder(URI.create(issuer() + "/authorize?" + form(parameters))).GET());
  }

  HttpResponse<String> post(String path, Map<String, String> form) {
    return lab.send(
        HttpRequest.newBuilder(URI.create(issuer() + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form(form))));
  }

  static String form(Map<String, String> values) {
    return values.entrySet().stream()
        .map(e -> TestLab.encode(e.getKey()) + "=" + TestLab.encode(e.getValue()))
        .collect(Collectors.joining("&"));
  }

  static String request(HttpResponse<String> page) {
    var matcher = REQUEST.matcher(page.body());
    if (!matcher.find()) {
      throw new AssertionError("no form in " + page.body());
    }
    return matcher.group(1) + "";
  }

  HttpResponse<String> choose(String subject) {
    String request = request(authorize(parameters()));
    return post("/login", Map.of("request", request, "person", subject));
  }

  /** What the redirect URI is told. */
  static Map<String, String> answer(HttpResponse<String> redirect) {
    String location = redirect.headers().firstValue("Location").orElseThrow();
    Map<String, String> all = new LinkedHashMap<>();
    for (String pair : location.substring(location.indexOf('?') + 1).split("&", -1)) {
      String[] parts = pair.split("=", 2);
      all.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return all;
  }

  String code(String subject) {
    return answer(choose(subject)).getOrDefault("code", "");
  }

  Map<String, String> redemption(String code) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", redirect());
    form.put("code_verifier", VERIFIER);
    form.put("client_id", "remit-console");
    form.put("client_secret", secret());
    return form;
  }

  HttpResponse<String> redeem(String code) {
    return post("/token", redemption(code));
  }

  String idToken(String subject) {
    return TestLab.object(redeem(code(subject))).get("id_token") + "";
  }

  /** What a careful client makes of an id token. */
  JWTClaimsSet verify(String token) throws Exception {
    HttpRequest.Builder keys = HttpRequest.newBuilder(URI.create(issuer() + "/jwks"));
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(
            JWSAlgorithm.ES256, new ImmutableJWKSet<>(JWKSet.parse(lab.send(keys).body()))));
    processor.setJWTClaimsSetVerifier(
        new DefaultJWTClaimsVerifier<>(
            new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience("remit-console")
                .claim("nonce", "the-nonce")
                .build(),
            Set.of("sub", "exp", "iat")));
    return processor.process(token, null);
  }
}
