package dev.remit.connectors.common;

import dev.remit.core.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What of a vendor's answer may go further: the fields to keep and those to withhold.
 *
 * <p>Promises: with fields named, nothing else passes; what is withheld never passes, named or not.
 * No fields named means all of the answer.
 */
public record Selection(List<Pointer> keep, List<Pointer> withhold) {
  public Selection {
    keep = List.copyOf(keep);
    withhold = List.copyOf(withhold);
  }

  /** Reads {@code fields} and {@code withhold}. */
  public static Selection of(Settings settings) {
    return new Selection(settings.pointers("fields"), settings.pointers("withhold"));
  }

  /** The part of the answer that passes. */
  public Value apply(Value answer) {
    var kept = keep.isEmpty() ? Optional.of(answer) : kept(answer, tokens(keep));
    var without = kept.orElse(Value.Obj.EMPTY);
    return withhold.isEmpty()
        ? without
        : without(without, tokens(withhold)).orElse(Value.Obj.EMPTY);
  }

  private static List<List<String>> tokens(List<Pointer> pointers) {
    return pointers.stream().map(Pointer::tokens).toList();
  }

  private static Optional<Value> kept(Value value, List<List<String>> paths) {
    if (paths.stream().anyMatch(List::isEmpty)) {
      return Optional.of(value);
    }
    return switch (value) {
      case Value.Obj object -> {
        var members = new LinkedHashMap<String, Value>();
        object
            .members()
            .forEach((name, v) -> deeper(v, name, paths).ifPresent(k -> members.put(name, k)));
        yield members.isEmpty() ? Optional.empty() : Optional.of(new Value.Obj(members));
      }
      case Value.Array(List<Value> items) -> {
        var list = new ArrayList<Value>();
        IntStream.range(0, items.size())
            .forEach(i -> deeper(items.get(i), "" + i, paths).ifPresent(list::add));
        yield Optional.of(new Value.Array(list));
      }
      case Value.Null.NULL -> Optional.empty();
      case Value.Bool scalar -> Optional.empty();
      case Value.Int scalar -> Optional.empty();
      case Value.Real scalar -> Optional.empty();
      case Value.Text scalar -> Optional.empty();
    };
  }

  private static Optional<Value> deeper(Value value, String name, List<List<String>> paths) {
    var rest = below(name, paths);
    return rest.isEmpty() ? Optional.empty() : kept(value, rest);
  }

  private static Optional<Value> without(Value value, List<List<String>> paths) {
    if (paths.stream().anyMatch(List::isEmpty)) {
      return Optional.empty();
    }
    return switch (value) {
      case Value.Obj object -> {
        var members = new LinkedHashMap<String, Value>();
        object
            .members()
            .forEach((n, v) -> without(v, below(n, paths)).ifPresent(k -> members.put(n, k)));
        yield Optional.of(new Value.Obj(members));
      }
      case Value.Array(List<Value> items) -> {
        var list = new ArrayList<Value>();
        IntStream.range(0, items.size())
            .forEach(i -> without(items.get(i), below("" + i, paths)).ifPresent(list::add));
        yield Optional.of(new Value.Array(list));
      }
      case Value.Null.NULL -> Optional.of(value);
      case Value.Bool scalar -> Optional.of(value);
      case Value.Int scalar -> Optional.of(value);
      case Value.Real scalar -> Optional.of(value);
      case Value.Text scalar -> Optional.of(value);
    };
  }

  private static List<List<String>> below(String name, List<List<String>> paths) {
    return paths.stream()
        .filter(path -> path.getFirst().equals(name) || path.getFirst().equals("*"))
        .map(path -> path.subList(1, path.size()))
        .toList();
  }
}
