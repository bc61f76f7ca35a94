package dev.remit.cli.demo;

import dev.remit.core.value.Value;
import java.util.List;

/** An agent hands a part of its task to another one. */
final class HandedOn {

  private HandedOn() {}

  static List<Act> all() {
    return List.of(
        new Act(
            "work-handed-on",
            "An agent hands another one a part of its task, which only narrows and ends with it",
            "wider wish refused outside-task; 2 of 3 tools handed on, answered; after its parent's"
                + " end refused no-task",
            HandedOn::narrowed));
  }

  private static Act.Happened narrowed(Stage stage) {
    Agent changer = stage.agent(Words.CHANGER);
    Agent observer = stage.agent(Words.OBSERVER);
    String ticket =
        stage.lab().openTicket(Words.HARBOR, Words.HANDED_ON_WORKSTATION, "The printer is slow.");
    String task =
        changer.openTask(Words.RESTART, ticket, Words.target(Words.HANDED_ON_WORKSTATION));
    Answer wider = changer.delegate(task, wish(Words.RESTART, List.of(Words.RESTART_TOOL)));
    Answer given = changer.delegate(task, wish(Words.READ_HEALTH, List.of()));
    String child = given.structured().text("task").orElse("none");
    Answer read = observer.call(Words.SERVICES_TOOL, child, device());
    changer.closeTask(task);
    Answer late = observer.call(Words.SERVICES_TOOL, child, device());
    return new Act.Happened(
        "wider wish %s; %d of 3 tools handed on, %s; after its parent's end %s"
            .formatted(
                wider.heard(),
                given.structured().items("tools").size(),
                read.heard(),
                late.heard()),
        "agent heard: " + wider.excerpt());
  }

  private static Value.Obj wish(String taskClass, List<String> tools) {
    var wish =
        Value.object(
            "agent",
            Words.OBSERVER_ID,
            "taskClass",
            taskClass,
            "targets",
            List.of(Words.target(Words.HANDED_ON_WORKSTATION)));
    return tools.isEmpty() ? wish : wish.with("tools", Value.texts(tools));
  }

  private static Value.Obj device() {
    return Value.object("device", Integer.toString(Words.HANDED_ON_WORKSTATION));
  }
}
