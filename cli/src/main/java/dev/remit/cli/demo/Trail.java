package dev.remit.cli.demo;

import dev.remit.cli.people.PeopleApi;
import dev.remit.core.value.Value;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The evidence of one task since a moment, as the people's listener shows it. */
final class Trail {

  private final List<Value.Obj> leaves;

  private Trail(List<Value.Obj> leaves) {
    this.leaves = leaves;
  }

  static Trail read(PeopleApi people, String tenant, String task, Instant since) {
    var query = Map.of("tenant", tenant, "task", task, "since", since.toString(), "limit", "1000");
    var entries = people.get("/v1/trail", query).items("entries");
    return new Trail(
        LabControl.objects(new Value.Array(entries)).stream()
            .map(entry -> entry.object("leaf").orElse(Value.Obj.EMPTY))
            .toList());
  }

  /** The fields of the last entry of a kind. */
  Optional<Value.Obj> last(String kind) {
    return leaves.reversed().stream()
        .filter(leaf -> leaf.text("kind").equals(Optional.of(kind)))
        .findFirst()
        .flatMap(leaf -> leaf.object("fields"));
  }

  /** A text field of the last entry of a kind; {@code none} when there is none. */
  String last(String kind, String field) {
    return last(kind).flatMap(fields -> fields.text(field)).orElse("none");
  }

  /** The name of the last call of a tool that was carried out. */
  Optional<String> callOf(String tool) {
    return leaves.reversed().stream()
        .filter(leaf -> leaf.text("kind").equals(Optional.of("intent")))
        .filter(
            leaf -> leaf.object("fields").flatMap(f -> f.text("tool")).equals(Optional.of(tool)))
        .findFirst()
        .flatMap(leaf -> leaf.text("call"));
  }

  /** How many entries of a kind there are. */
  long count(String kind) {
    return leaves.stream().filter(leaf -> leaf.text("kind").equals(Optional.of(kind))).count();
  }

  /** Whether the credential of the last outcome is proven gone. */
  boolean isCredentialGone() {
    return last("outcome")
        .flatMap(fields -> fields.object("lease"))
        .flatMap(lease -> lease.get("gone"))
        .filter(Value.of(true)::equals)
        .isPresent();
  }

  /** One line about the last decision or outcome, for people. */
  String line() {
    for (Value.Obj leaf : leaves.reversed()) {
      String kind = leaf.text("kind").orElse("");
      var fields = leaf.object("fields").orElse(Value.Obj.EMPTY);
      String result =
          fields
              .text("outcome")
              .or(() -> fields.text("reason"))
              .or(() -> fields.text("decision"))
              .orElse("");
      if (!result.isEmpty()) {
        return kind + " " + result + leaf.text("call").map(call -> ", call " + call).orElse("");
      }
    }
    return "no entry";
  }
}
