package dev.remit.core.advice;

import dev.remit.core.value.Value;

/**
 * One access that somebody asks about (AuthZEN 1.0, information model): may this subject do this to
 * that.
 *
 * <p>All properties, and the context, are claims of whoever asks.
 */
public record Access(Entity subject, Action action, Entity resource, Value.Obj context) {

  /** A subject or a resource: its type, its name within the type, and what is claimed of it. */
  public record Entity(String type, String id, Value.Obj properties) {}

  /** What would be done. */
  public record Action(String name, Value.Obj properties) {}
}
