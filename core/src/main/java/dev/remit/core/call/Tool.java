package dev.remit.core.call;

import dev.remit.core.identity.Grade;
import dev.remit.core.target.ConnectorId;
import dev.remit.core.tenant.DataClass;
import dev.remit.core.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One operation of a connector as agents see it, with its pinned definition.
 *
 * @param name the name on the wire, {@code connector_operation}
 * @param operation the name in the connector's file
 * @param inputSchema JSON Schema (2020-12) of the arguments; closed to names it does not list
 * @param pin digest of the upstream definition that was accepted, or of this one where it is ours
 * @param targets which arguments name targets
 * @param isContentTrusted whether what it reads is free of words written by outsiders
 * @param proof where the proof of the target's tenant at the moment of the effect comes from
 * @param timeout how long one request to the vendor may take; for jobs, the job as a whole
 * @param settings what only the connector understands
 * @param classes by JSON Pointer into an answer ({@code *} is each item of an array, the empty
 *     pointer the whole), the class of what lies there and below; what has none is withheld
 */
public record Tool(
    String name,
    ConnectorId connector,
    String operation,
    String title,
    String description,
    Grade effect,
    Value.Obj inputSchema,
    String pin,
    List<TargetArgument> targets,
    boolean isContentTrusted,
    Proof proof,
    Duration timeout,
    Value.Obj settings,
    Map<String, DataClass> classes) {

  public Tool {
    targets = List.copyOf(targets);
    classes = Map.copyOf(classes);
  }

  /** A tool of whose answers nothing is classified, so that agents get nothing of them. */
  public Tool(
      String name,
      ConnectorId connector,
      String operation,
      String title,
      String description,
      Grade effect,
      Value.Obj inputSchema,
      String pin,
      List<TargetArgument> targets,
      boolean isContentTrusted,
      Proof proof,
      Duration timeout,
      Value.Obj settings) {
    this(
        name,
        connector,
        operation,
        title,
        description,
        effect,
        inputSchema,
        pin,
        targets,
        isContentTrusted,
        proof,
        timeout,
        settings,
        Map.of());
  }

  /**
   * An argument that names one target by its identifier, or several by an array of them.
   *
   * @param connector whose inventory has the record; the tool's own, or another system's where the
   *     tool's has no records of its own
   * @param by attributes by which records may be selected instead of named; none unless listed
   */
  public record TargetArgument(
      String argument, ConnectorId connector, String kind, Set<String> by) {
    public TargetArgument {
      by = Set.copyOf(by);
    }

    /** An argument that names targets by identifier only. */
    public TargetArgument(String argument, ConnectorId connector, String kind) {
      this(argument, connector, kind, Set.of());
    }
  }

  /** Where the tenant of a target is proven at the moment of the effect. */
  public enum Proof {
    /** The target's record is read through the lease before the effect and after it. */
    RECORD,
    /**
     * The answer of a read carries its record's owner: nothing is released before that was checked.
     * Only for effects of grade observe.
     */
    ANSWER
  }
}
