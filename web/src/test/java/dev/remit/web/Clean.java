package dev.remit.web;

import static org.assertj.core.api.Assertions.assertThat;

/** What no answer may hold, whatever was sent. */
final class Clean {

  private Clean() {}

  /** No name of our code or our libraries', no stack, no token. */
  static void check(String answer) {
    assertThat(answer)
        .doesNotContainIgnoringCase("exception")
        .doesNotContainIgnoringCase("java")
        .doesNotContainIgnoringCase("helidon")
        .doesNotContainIgnoringCase("jackson")
        .doesNotContain("dev.remit.core")
        .doesNotContain("dev.remit.web")
        .doesNotContain("\tat ")
        .doesNotContain("agent-one")
        .doesNotContain(Rig.OPERATOR);
  }
}
