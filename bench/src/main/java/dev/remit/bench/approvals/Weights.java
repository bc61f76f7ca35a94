package dev.remit.bench.approvals;

import dev.remit.bench.BenchException;
import dev.remit.cli.demo.Desk;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.regex.Pattern;

/** What a browser with an empty cache loads for a page: the page and all that it names. */
final class Weights {

  private static final Pattern NAMED =
      Pattern.compile("(?:href|src)=\"(/console/asset/[^\"#]+)[^\"]*\"");

  private Weights() {}

  /** Bytes of each page as they are sent, without compression. */
  static Map<String, Integer> of(Desk desk, Map<String, String> pages) {
    var weights = new LinkedHashMap<String, Integer>();
    var assets = new LinkedHashMap<String, Integer>();
    pages.forEach((name, path) -> weights.put(name, weight(desk, path, assets)));
    return weights;
  }

  private static int weight(Desk desk, String path, Map<String, Integer> assets) {
    var page = load(desk, path);
    int bytes = length(page);
    var named = new LinkedHashSet<String>();
    var found = NAMED.matcher(page);
    while (found.find()) {
      named.add(found.group(1));
    }
    for (var asset : named) {
      bytes += assets.computeIfAbsent(asset, unseen -> length(load(desk, unseen)));
    }
    return bytes;
  }

  private static int length(String body) {
    return body.getBytes(StandardCharsets.UTF_8).length;
  }

  private static String load(Desk desk, String path) {
    var answer = desk.page(path);
    if (answer.statusCode() != 200) {
      throw BenchException.broken("`" + path + "` answered " + answer.statusCode());
    }
    return answer.body();
  }
}
