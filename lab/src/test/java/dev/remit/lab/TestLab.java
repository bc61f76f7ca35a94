package dev.remit.lab;

import dev.remit.lab.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** A client of a running lab; {@link #shared} starts one for all tests of the JVM. */
final class TestLab {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Map<String, Object> json;

  TestLab(Path file) {
    try {
      json = Json.parseObject(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Holder {
    private static final TestLab LAB = start();

    private static TestLab start() {
      try {
        Lab lab = Lab.start(LabOptions.of(Path.of("target", "lab-test"), 1));
        Runtime.getRuntime().addShutdownHook(new Thread(lab::close));
        return new TestLab(lab.file());
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** The JVM's lab, back at its seed. */
  static TestLab shared() {
    TestLab lab = Holder.LAB;
    if (lab.control("POST", "/v1/reset", "{}").statusCode() != 204) {
      throw new IllegalStateException("the lab did not reset");
    }
    return lab;
  }

  String text(String part, String name) {
    return Json.member(json, part).get(name) + "";
  }

  Map<String, Object> part(String part, String name) {
    return Json.member(Json.member(json, part), name);
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return CLIENT.send(request.timeout(Duration.ofSeconds(5)).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpRequest.Builder rmmRequest(String token, String path) {
    return HttpRequest.newBuilder(URI.create(text("rmm", "baseUrl") + path))
        .header("Authorization", "Bearer " + token);
  }

  /** A vendor of the lab, as its one client sees it. */
  Api api(String vendor, String scopes) {
    String form = "grant_type=client_credentials&scope=" + encode(scopes);
    HttpResponse<String> answer =
        form(
            text(vendor, "tokenUrl"), text(vendor, "clientId"), text(vendor, "clientSecret"), form);
    return new Api(this, text(vendor, "baseUrl"), object(answer).get("access_token") + "");
  }

  HttpResponse<String> get(String token, String path) {
    return send(rmmRequest(token, path).GET());
  }

  HttpResponse<String> post(String token, String path, String body) {
    return send(
        rmmRequest(token, path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  HttpResponse<String> restart(String token, int device, String service) {
    return post(
        token,
        "/v2/device/" + device + "/windows-service/" + service + "/control",
        "{\"action\":\"RESTART\"}");
  }

  HttpResponse<String> form(String url, String id, String secret, String form) {
    String basic =
        Base64.getEncoder()
            .encodeToString((encode(id) + ":" + encode(secret)).getBytes(StandardCharsets.UTF_8));
    return send(
        HttpRequest.newBuilder(URI.create(url))
            .header("Authorization", "Basic " + basic)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form)));
  }

  HttpResponse<String> rmmForm(String url, String form) {
    return form(text("rmm", url), text("rmm", "clientId"), text("rmm", "clientSecret"), form);
  }

  String token(String scopes) {
    HttpResponse<String> answer =
        rmmForm("tokenUrl", "grant_type=client_credentials&scope=" + encode(scopes));
    return object(answer).get("access_token") + "";
  }

  HttpResponse<String> control(String method, String path, String body) {
    return send(
        HttpRequest.newBuilder(URI.create(text("control", "baseUrl") + path))
            .header("Authorization", "Bearer " + text("control", "key"))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body)));
  }

  Map<String, Object> state() {
    return object(control("GET", "/v1/state", ""));
  }

  String service(String token, int device, String name) {
    return list(get(token, "/v2/device/" + device + "/windows-services?name=" + name))
            .getFirst()
            .get("state")
        + "";
  }

  Map<String, Object> device(String token, int id) {
    return object(get(token, "/v2/device/" + id));
  }

  static Map<String, Object> object(HttpResponse<String> answer) {
    return Json.parseObject(answer.body().getBytes(StandardCharsets.UTF_8));
  }

  static List<Map<String, Object>> list(HttpResponse<String> answer) {
    String wrapped = "{\"list\":" + answer.body() + "}";
    return objects(
        Json.parseObject(wrapped.getBytes(StandardCharsets.UTF_8)).getOrDefault("list", ""));
  }

  @SuppressWarnings("unchecked") // JSON arrays of objects are lists of such maps
  static List<Map<String, Object>> objects(Object value) {
    return (List<Map<String, Object>>) value;
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Asks again until it holds; fails after ten seconds. */
  static void until(BooleanSupplier claim) {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!claim.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it did not come true in ten seconds");
      }
    }
  }
}
