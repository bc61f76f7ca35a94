package dev.remit.cedar.expr;

import dev.remit.cedar.request.Facts;
import dev.remit.cedar.request.KnownEntity;
import dev.remit.cedar.value.EntityUid;
import dev.remit.cedar.value.Failure;
import dev.remit.cedar.value.Outcome;
import dev.remit.cedar.value.Value.Bool;
import dev.remit.cedar.value.Value.Text;
import dev.remit.cedar.value.ValueRecord;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Attributes of records and entities, and tags of entities. */
final class Attributes {
  private static final Failure NO_RECORD = Failure.type("record or entity");
  private static final Failure NO_ENTITY_TYPE = Failure.type("entity");
  private static final Failure NO_STRING = Failure.type("string");
  private static final Failure NO_TAG = new Failure(Failure.Kind.ATTRIBUTE, "no such tag");
  private static final Failure NO_ENTITY =
      new Failure(Failure.Kind.ENTITY, "an entity does not exist");

  private Attributes() {}

  private static Failure missing(String name) {
    return new Failure(Failure.Kind.ATTRIBUTE, "no attribute `" + name + "`");
  }

  static Expression get(Expression of, String name) {
    var missing = missing(name);
    if (of instanceof Variable variable) {
      return switch (variable) {
        case CONTEXT -> facts -> from(facts.context(), name, missing);
        case PRINCIPAL -> ofEntity(Facts::knownPrincipal, name, missing);
        case RESOURCE -> ofEntity(Facts::knownResource, name, missing);
        case ACTION -> ofEntity(Facts::knownAction, name, missing);
      };
    }
    return facts ->
        switch (of.eval(facts)) {
          case ValueRecord record -> from(record, name, missing);
          case EntityUid uid -> from(facts.find(uid), name, missing);
          case Failure failure -> failure;
          default -> NO_RECORD;
        };
  }

  private static Expression ofEntity(
      Function<Facts, @Nullable KnownEntity> part, String name, Failure missing) {
    return facts -> from(part.apply(facts), name, missing);
  }

  private static Outcome from(@Nullable KnownEntity entity, String name, Failure missing) {
    return entity == null ? NO_ENTITY : from(entity.attributes(), name, missing);
  }

  private static Outcome from(ValueRecord record, String name, Failure missing) {
    var value = record.get(name);
    return value == null ? missing : value;
  }

  static Expression has(Expression of, String name) {
    if (of == Variable.CONTEXT) {
      return facts -> Bool.of(facts.context().get(name) != null);
    }
    return facts ->
        switch (of.eval(facts)) {
          case ValueRecord record -> Bool.of(record.get(name) != null);
          case EntityUid uid -> has(facts.find(uid), name);
          case Failure failure -> failure;
          default -> NO_RECORD;
        };
  }

  private static Bool has(@Nullable KnownEntity entity, String name) {
    return Bool.of(entity != null && entity.attributes().get(name) != null);
  }

  static Expression getTag(Expression of, Expression tag) {
    return tags(
        of,
        tag,
        (entity, name) -> {
          if (entity == null) {
            return NO_ENTITY;
          }
          var value = entity.tags().get(name);
          return value == null ? NO_TAG : value;
        });
  }

  static Expression hasTag(Expression of, Expression tag) {
    return tags(
        of, tag, (entity, name) -> Bool.of(entity != null && entity.tags().get(name) != null));
  }

  /** What is asked about a tag of an entity that may not exist. */
  @FunctionalInterface
  private interface TagQuestion {
    Outcome ask(@Nullable KnownEntity entity, String name);
  }

  private static Expression tags(Expression of, Expression tag, TagQuestion question) {
    return facts -> {
      var entity = of.eval(facts);
      if (entity instanceof Failure) {
        return entity;
      }
      var name = tag.eval(facts);
      if (name instanceof Failure) {
        return name;
      }
      if (!(entity instanceof EntityUid uid)) {
        return NO_ENTITY_TYPE;
      }
      return name instanceof Text(String text) ? question.ask(facts.find(uid), text) : NO_STRING;
    };
  }
}
