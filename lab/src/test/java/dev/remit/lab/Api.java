package dev.remit.lab;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/** Calls of one vendor with one token. */
record Api(TestLab lab, String base, String token) {
  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json");
  }

  HttpResponse<String> get(String path) {
    return lab.send(request(path).GET());
  }

  HttpResponse<String> send(String method, String path, String body, String... headers) {
    HttpRequest.Builder request = request(path).method(method, BodyPublishers.ofString(body));
    return lab.send(headers.length == 0 ? request : request.headers(headers));
  }

  HttpResponse<String> post(String path, String body) {
    return send("POST", path, body);
  }

  Map<String, Object> object(String path) {
    return TestLab.object(get(path));
  }

  List<Map<String, Object>> items(String path) {
    return TestLab.objects(object(path).getOrDefault("items", List.of()));
  }

  int total(String path) {
    return object(path).get("total") instanceof Integer total ? total : -1;
  }
}
