package dev.remit.web.console;

import dev.remit.core.call.Sha256;
import dev.remit.web.http.Answer;
import dev.remit.web.http.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;

/**
 * The files that pages load: style, scripts and icons, each under a name that holds its digest.
 *
 * <p>They are the same for everybody and the only answers that a cache may keep.
 */
public final class Assets {

  private static final String HTMX = "/META-INF/resources/webjars/htmx.org/2.0.10/dist/htmx.min.js";
  private static final String FOREVER = "public, max-age=31536000, immutable";

  private final Asset style = Asset.of("console", "css", "text/css; charset=utf-8", "console.css");
  private final Asset script = script("console", "console.js");
  private final Asset keys = script("passkey", "passkey.js");
  private final Asset htmx = script("htmx", HTMX);
  private final Asset icons = Asset.of("icons", "svg", "image/svg+xml", "icons.svg");
  private final Asset mark = Asset.of("remit", "svg", "image/svg+xml", "remit.svg");

  /** The style sheet's path. */
  public String style() {
    return style.path();
  }

  /** The script of every page. */
  public String script() {
    return script.path();
  }

  /** The script that speaks with authenticators. */
  public String passkey() {
    return keys.path();
  }

  /** The htmx library. */
  public String htmx() {
    return htmx.path();
  }

  /** The product's mark. */
  public String mark() {
    return mark.path();
  }

  /** One icon of the sheet. */
  public String icon(String name) {
    return icons.path() + "#" + name;
  }

  /** The routes that answer them. */
  List<Route> routes() {
    return List.of(
        style.route(), script.route(), keys.route(), htmx.route(), icons.route(), mark.route());
  }

  private static Asset script(String name, String resource) {
    return Asset.of(name, "js", "text/javascript; charset=utf-8", resource);
  }

  private record Asset(String path, Answer answer) {

    static Asset of(String name, String ending, String mediaType, String resource) {
      byte[] bytes = read(resource);
      String digest = HexFormat.of().formatHex(Sha256.raw(bytes)).substring(0, 12);
      return new Asset(
          "/console/asset/" + name + "-" + digest + "." + ending,
          Answer.of(200, mediaType, bytes).with("Cache-Control", FOREVER));
    }

    Route route() {
      return Route.of("GET", path, exchange -> exchange.send(answer));
    }

    private static byte[] read(String resource) {
      try (var in = Assets.class.getResourceAsStream(resource)) {
        if (in == null) {
          throw new IllegalStateException("`" + resource + "` is not packed with the console");
        }
        return in.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
