package dev.remit.web.console;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * Pages as functions of what they show: the same view gives the same bytes.
 *
 * <p>The templates were compiled with this module; what is put into them is escaped for the place
 * it is put in.
 */
public final class Pages {

  private static final String PACKAGE = "dev.remit.web.console.page";

  private final TemplateEngine engine =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, Pages.class.getClassLoader(), PACKAGE);

  /** The page or fragment of this name, in UTF-8. */
  public byte[] render(String name, Frame frame, Object view) {
    var output = new Utf8ByteOutput();
    engine.render(name + ".jte", Map.of("frame", frame, "view", view), output);
    var bytes = new ByteArrayOutputStream(output.getContentLength());
    try {
      output.writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
