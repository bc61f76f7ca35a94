package dev.remit.web.console;

import static org.assertj.core.api.Assertions.assertThat;

import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTest {

  @ParameterizedTest
  @ValueSource(
      ints = {
        0x0000, 0x0007, 0x001B, 0x007F, 0x0085, 0x00A0, 0x00AD, 0x034F, 0x061C, 0x115F, 0x1160,
        0x17B4, 0x180E, 0x2000, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2028, 0x2029, 0x202A,
        0x202B, 0x202C, 0x202D, 0x202E, 0x202F, 0x2060, 0x2066, 0x2067, 0x2068, 0x2069, 0x2800,
        0x3000, 0x3164, 0xE000, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFF9, 0xFFFE, 0x1D173, 0xE0001, 0xE0041,
        0xE0100, 0x10FFFF
      })
  void whatCannotBeSeenIsSpelledOut(int point) {
    String name = String.format("U+%04X", point);
    String text = "a" + Character.toString(point) + "b";
    assertThat(html(Visible.line(text))).isEqualTo("a<mark class=\"hid\">" + name + "</mark>b");
    assertThat(html(Visible.block(text))).contains(name);
    assertThat(Visible.plain(text)).isEqualTo("a[" + name + "]b");
    assertThat(Visible.census(List.of(text)).keySet()).singleElement().asString().startsWith(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain words, 42 % & more",
        "Zürich ñ Ł",
        "日本語",
        "עברית",
        "العربية",
        "é combining",
        "emoji 🙂",
        "हिन्दी",
        "tab-free"
      })
  void wordsOfAnyLanguageStayAsTheyAre(String text) {
    assertThat(html(Visible.line(text))).doesNotContain("<mark");
    assertThat(Visible.plain(text)).isEqualTo(text);
    assertThat(Visible.census(List.of(text))).isEmpty();
  }

  @Test
  void markupStaysText() {
    assertThat(html(Visible.block("<script>alert(1)</script>\u202E<img src=x onerror=y>")))
        .doesNotContain("<script")
        .doesNotContain("<img")
        .contains("&lt;script&gt;", "U+202E");
  }

  @Test
  void aLineEndLaysOutABlockAndIsSpelledOutInALine() {
    assertThat(html(Visible.block("a\nb\tc"))).isEqualTo("a\nb\tc");
    assertThat(html(Visible.line("a\nb"))).contains("U+000A");
    assertThat(html(Visible.block("a\rb"))).contains("U+000D");
  }

  @Test
  void equalNeighboursAreCounted() {
    assertThat(html(Visible.line("x" + "\u200B".repeat(5000) + "\u200C")))
        .isEqualTo("x<mark class=\"hid\">U+200B ×5000 U+200C</mark>");
  }

  @Test
  void marksThatPileUpAreSpelledOut() {
    assertThat(html(Visible.line("a\u0301"))).doesNotContain("<mark");
    assertThat(html(Visible.line("a" + "\u0301".repeat(40)))).contains("U+0301 ×37");
  }

  @Test
  void aMebibyteOfTheWorstIsBoundedInSizeAndLosesNothing() {
    String worst = "a\u200B".repeat(1 << 18);
    String html = html(Visible.block(worst));
    assertThat(html.length()).isLessThan(16 << 20);
    assertThat(html.split("U\\+200B", -1)).hasSize((1 << 18) + 1);
  }

  private static String html(Visible visible) {
    var plain = new StringOutput();
    var output = new OwaspHtmlTemplateOutput(plain);
    output.setContext("p", null);
    visible.writeTo(output);
    return plain.toString();
  }
}
