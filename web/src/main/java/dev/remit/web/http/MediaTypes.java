package dev.remit.web.http;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What {@code Content-Type} and {@code Accept} say (RFC 9110, sections 8.3 and 12.5.1). */
public final class MediaTypes {

  /** A range of weight zero (RFC 9110, section 12.4.2), without its spaces. */
  private static final Pattern REFUSED = Pattern.compile(".*;q=0(\\.0{0,3})?(;.*)?");

  private MediaTypes() {}

  /** Whether this content type is JSON in UTF-8. */
  public static boolean isJson(String contentType) {
    String lower = contentType.toLowerCase(Locale.ROOT).replace(" ", "");
    return lower.equals("application/json")
        || lower.equals("application/json;charset=utf-8")
        || lower.equals("application/json;charset=\"utf-8\"");
  }

  /** Whether a body of this type is a form as browsers send it. */
  static boolean isForm(String contentType) {
    String lower = contentType.toLowerCase(Locale.ROOT).replace(" ", "");
    return lower.equals("application/x-www-form-urlencoded")
        || lower.equals("application/x-www-form-urlencoded;charset=utf-8");
  }

  /** Whether a client that sent these {@code Accept} fields takes this media type. */
  public static boolean accepts(List<String> accept, String mediaType) {
    if (accept.isEmpty()) {
      return true;
    }
    String family = mediaType.substring(0, mediaType.indexOf('/')) + "/*";
    for (var field : accept) {
      for (var range : field.toLowerCase(Locale.ROOT).split(",", -1)) {
        String name = range.split(";", 2)[0].strip();
        boolean isNamed = name.equals(mediaType) || name.equals(family) || name.equals("*/*");
        if (isNamed && !isRefused(range)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isRefused(String range) {
    return range.contains(";") && REFUSED.matcher(range.replace(" ", "")).matches();
  }
}
