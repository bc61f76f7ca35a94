package dev.remit.cli.demo;

import java.util.List;
import java.util.stream.Stream;

/** All acts in the order in which they are played. */
final class Acts {

  private Acts() {}

  static List<Act> all() {
    return Stream.of(Reads.all(), Effects.all(), Denials.all(), Endings.all(), Evidence.all())
        .flatMap(List::stream)
        .toList();
  }
}
