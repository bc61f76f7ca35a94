package dev.remit.lab.http;

/** A page as the body of a reply. */
public record Html(String text) {

  /** Text as it may stand in an element or a quoted attribute. */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
