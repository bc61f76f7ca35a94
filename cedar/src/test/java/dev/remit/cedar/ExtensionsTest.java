package dev.remit.cedar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The extension types at their edges, each claim confirmed by the official engine. */
class ExtensionsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "decimal(\"1.0\") == decimal(\"1.0000\")",
        "decimal(\"-0.5\").lessThan(decimal(\"0.0\"))",
        "decimal(\"-0.0\") == decimal(\"0.0\")",
        "decimal(\"00.1\") == decimal(\"0.1\")",
        "decimal(\"-922337203685477.5808\").lessThan(decimal(\"922337203685477.5807\"))",
        "decimal(\"1.5\").lessThanOrEqual(context.dec)",
        "decimal(\"1.6\").greaterThan(context.dec) && decimal(\"1.5\").greaterThanOrEqual(context.dec)",
        "!decimal(\"1.5\").lessThan(context.dec) && !decimal(\"1.5\").greaterThan(context.dec)",
        "[decimal(\"1.50\")].contains(context.dec) && decimal(context.text) == decimal(\"1.0\")",
        "ip(\"10.1.2.3\") == context.ip && ip(\"10.1.2.3/32\") == context.ip",
        "ip(\"10.0.0.1/24\") != ip(\"10.0.0.0/24\")",
        "context.ip.isIpv4() && !context.ip.isIpv6() && ip(\"::\").isIpv6()",
        "context.ip.isInRange(ip(\"10.0.0.0/8\")) && context.ip.isInRange(ip(\"0.0.0.0/0\"))",
        "!context.ip.isInRange(ip(\"10.1.2.4\")) && !context.ip.isInRange(ip(\"::/0\"))",
        "ip(\"10.0.0.0/8\").isInRange(ip(\"10.0.0.0/8\"))",
        "!ip(\"10.0.0.0/8\").isInRange(ip(\"10.0.0.0/9\"))",
        "ip(\"1:2:3::/64\").isInRange(ip(\"1:2::/32\")) && ip(\"1::8000:0:0:1\").isInRange(ip(\"1::8000:0:0:0/65\"))",
        "!ip(\"1::\").isInRange(ip(\"1::8000:0:0:0/65\")) && ip(\"8::\").isInRange(ip(\"::/0\"))",
        "ip(\"127.0.0.1\").isLoopback() && ip(\"127.9.9.9/8\").isLoopback() && ip(\"::1\").isLoopback()",
        "!ip(\"127.0.0.1/7\").isLoopback() && !ip(\"::1/127\").isLoopback() && !ip(\"::2\").isLoopback()",
        "ip(\"224.0.0.0/4\").isMulticast() && ip(\"ff00::/8\").isMulticast()",
        "!ip(\"224.0.0.0/3\").isMulticast() && !ip(\"ff00::/7\").isMulticast() && !context.ip.isMulticast()",
        "ip(\"::FFFF:1\") == ip(\"0:0:0:0:0:0:ffff:1\") && ip(\"1:2:3:4:5:6:7::\").isIpv6()",
        "ip(\"::2:3:4:5:6:7:8\") == ip(\"0:2:3:4:5:6:7:8\")",
        "datetime(\"1970-01-01\") == datetime(\"1970-01-01T00:00:00.000Z\")",
        "datetime(\"2024-02-29\") < context.at && context.at <= context.at && context.at >= context.at",
        "datetime(\"2024-01-01T00:00:00+0100\") < datetime(\"2024-01-01\")",
        "datetime(\"2024-01-01T00:00:00-2359\") == datetime(\"2024-01-01T23:59:00Z\")",
        "datetime(\"0000-01-01\") < datetime(\"9999-12-31\")",
        "datetime(\"0000-02-29\") < datetime(\"0000-03-01\")",
        "context.at.toDate() == datetime(\"2024-02-29\") && context.at.toTime() == duration(\"12h30m250ms\")",
        "datetime(\"1969-12-31T23:59:59.999Z\").toDate() == datetime(\"1969-12-31\")",
        "datetime(\"1969-12-31T23:59:59.999Z\").toTime() == duration(\"86399999ms\")",
        "datetime(\"1969-12-31\").toTime() == duration(\"0ms\")",
        "context.at.offset(duration(\"-1d\")).toDate() == datetime(\"2024-02-28\")",
        "datetime(\"2024-03-01\").durationSince(datetime(\"2024-02-28\")) == duration(\"2d\")",
        "datetime(\"1970-01-01\").offset(duration(\"9223372036854775807ms\")) > context.at",
        "duration(\"1d2h3m4s5ms\").toMilliseconds() == 93784005",
        "duration(\"-1d2h\") == duration(\"-26h\") && duration(\"-0ms\") == duration(\"0d\")",
        "context.span.toDays() == 1 && context.span.toHours() == 26 && context.span.toMinutes() == 1560",
        "duration(\"-1500ms\").toSeconds() == -1 && duration(\"-23h\").toDays() == 0",
        "duration(\"5ms\") < duration(\"5m\") && duration(\"5m5ms\") > duration(\"5m\")",
        "duration(\"-9223372036854775808ms\").toDays() == -106751991167",
        "duration(\"01h\") == duration(\"1h\")",
      })
  void holds(String condition) {
    assertThat(Ask.eval(condition)).isEqualTo("true");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "1.",
        ".1",
        "+1.0",
        "1.00000",
        "1.0 ",
        "",
        "-",
        "--1.0",
        "-.5",
        "1.-5",
        "1.0.0",
        "٣.1",
        "922337203685477.5808",
        "-922337203685477.5809",
        "9999999999999999999999999.0",
        "0x1.0"
      })
  void isNoDecimal(String text) {
    assertThat(Ask.eval("decimal(\"" + text + "\") == 1")).isEqualTo("error");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1.2.3",
        "1.2.3.4.5",
        "256.0.0.1",
        "01.2.3.4",
        "1.2.3.4/33",
        "1.2.3.4/08",
        "1.2.3.4/",
        "1.2.3.4/-1",
        "1.2.3.4/+8",
        "1.2.3.4/8/8",
        "1.2.3.4/000",
        " 1.2.3.4",
        "1.2.3.4:80",
        "::/129",
        ":::",
        "1::2::3",
        "1:2:3:4:5:6:7:8::",
        "1::2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7",
        "::1%1",
        "12345::",
        "::g",
        "::ffff:1.2.3.4",
        "::1.2.3.4",
        "1:",
        ":1",
        "::1/00",
        "::1/1280",
        "١.2.3.4",
        "::１"
      })
  void isNoAddress(String text) {
    assertThat(Ask.eval("ip(\"" + text + "\") == 1")).isEqualTo("error");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2024",
        "24-01-01",
        "2024-1-1",
        "2024-02-30",
        "2023-02-29",
        "2024-13-01",
        "2024-00-01",
        "2024-01-00",
        "2024-01-01T",
        "2024-01-01Z",
        "2024-01-01T00:00:00",
        "2024-01-01T24:00:00Z",
        "2024-01-01T00:60:00Z",
        "2024-01-01T23:59:60Z",
        "2024-01-01T00:00:00.5Z",
        "2024-01-01t00:00:00Z",
        "2024-01-01T00:00:00.0000Z",
        "2024-01-01T00:00:00+01:00",
        "2024-01-01T00:00:00+2400",
        "2024-01-01T00:00:00+0060",
        "2024-01-01T00:00:00z",
        "2024-01-01T00:00:00Z ",
        "+2024-01-01",
        "-2024-01-01",
        "12024-01-01",
        "٢٠٢٤-01-01"
      })
  void isNoDatetime(String text) {
    assertThat(Ask.eval("datetime(\"" + text + "\") == 1")).isEqualTo("error");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "1",
        "d",
        "1x",
        "1h1d",
        "1d1d",
        "1ms1s",
        "1.5h",
        "+1h",
        "--1h",
        "-1h-1m",
        "1 h",
        "1H",
        "9223372036854775808ms",
        "-9223372036854775809ms",
        "106751991168d",
        "٣h",
        "99999999999999999999999999ms",
        "106751991167d8h"
      })
  void isNoDuration(String text) {
    assertThat(Ask.eval("duration(\"" + text + "\") == 1")).isEqualTo("error");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ip(1) == 1",
        "decimal(context.dec) == 1",
        "context.n.isIpv4()",
        "context.ip.isInRange(\"10.0.0.0/8\")",
        "context.dec.lessThan(1)",
        "context.n.lessThan(context.dec)",
        "context.at < context.span",
        "context.at.offset(context.at) == 1",
        "context.span.offset(context.span) == 1",
        "context.at.durationSince(context.span) == 1",
        "context.span.toDate() == 1",
        "context.n.toTime() == 1",
        "context.at.toDays() == 1",
        "datetime(\"2024-01-01\").offset(duration(\"9223372036854775807ms\")) == 1",
        "datetime(\"0000-01-01\").offset(duration(\"-9223372036854775808ms\")) == 1",
        "datetime(\"1970-01-01\").offset(duration(\"-9223372036854775808ms\")).toDate() == 1",
        "datetime(\"1970-01-02\").durationSince(datetime(\"1970-01-01\").offset(duration(\"-9223372036854775808ms\"))) == 1",
      })
  void isAnError(String condition) {
    assertThat(Ask.eval(condition)).isEqualTo("error");
  }
}
