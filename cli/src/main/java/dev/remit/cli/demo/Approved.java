package dev.remit.cli.demo;

import dev.remit.cli.demo.Act.Happened;
import dev.remit.core.value.Value;
import java.util.List;
import java.util.Locale;

/** Acts in which people answer. */
final class Approved {

  private static final String HANDLE = "dev.remit/handle";
  private static final String TASK = "approved task";
  private static final String USED = "used approval";
  private static final String UNUSED = "unused approval";

  private Approved() {}

  static List<Act> all() {
    return List.of(
        new Act(
            "people-get-keys",
            "People sign in and register keys; a technician's waits for the administrator",
            "technician's key consumed by the administrator's answer",
            Approved::keys),
        new Act(
            "approved-restart",
            "The domain controller's restart, approved by one of the MSP and one of the client",
            "waits; open after one answer; granted after two; answered; requests at the vendor 1;"
                + " credential gone",
            Approved::restart),
        new Act(
            "approval-used-again",
            "The same approval once more tells the same outcome; a new restart asks people anew",
            "answered; then waits; requests at the vendor 0",
            Approved::again),
        new Act(
            "approval-for-another-call",
            "Approved for one service, called for another: that one asks people by itself",
            "waits under another handle; requests at the vendor 0",
            Approved::otherArgument),
        new Act(
            "forged-approval",
            "Somebody with the database's own password writes answers and a grant by hand",
            "refused approval-stale; requests at the vendor 0",
            Approved::forged),
        new Act(
            "approved-and-moved",
            "Approved, then the device moves to another client",
            "refused target-not-available; requests at the vendor 0",
            Approved::moved),
        new Act(
            "article-update",
            "An article that agents read is changed after a person saw the difference",
            "waits; the card shows what was and what would be; granted; answered; one version more",
            Approved::article),
        new Act(
            "agent-cannot-approve",
            "The agent looks for a way to approve",
            "no such tool; the people's site says 401",
            Approved::noVerb));
  }

  private static Happened keys(Stage stage) {
    var cast = Cast.gather(stage);
    stage.gathered(cast);
    return new Happened(
        "technician's key " + cast.told() + " by the administrator's answer",
        "signed in at the lab's issuers; keys are software of this run");
  }

  private static Happened restart(Stage stage) {
    Agent agent = stage.agent(Words.CHANGER);
    String ticket =
        stage.lab().openTicket(Words.HARBOR, Words.DOMAIN_CONTROLLER, "Printing stopped for all");
    String task = agent.openTask(Words.RESTART, ticket, Words.target(Words.DOMAIN_CONTROLLER));
    stage.note(TASK, task);
    long before = requests(stage);
    Answer waits = ask(agent, task, Words.SPOOLER, "first");
    String handle = handle(waits);
    String one = stage.cast().technician().answer(Stage.TENANT, handle, "grant");
    String two = stage.cast().approver().answer(Stage.TENANT, handle, "grant");
    Answer done = agent.resume(handle);
    stage.note(USED, handle);
    Trail trail = stage.trail(task);
    return new Happened(
        "%s; %s after one answer; %s after two; %s; requests at the vendor %d; credential %s"
            .formatted(
                heard(waits),
                one,
                two,
                done.heard(),
                requests(stage) - before,
                trail.isCredentialGone() ? "gone" : "NOT GONE"),
        trail.line());
  }

  private static Happened again(Stage stage) {
    Agent agent = stage.agent(Words.CHANGER);
    long before = requests(stage);
    Answer same = agent.resume(stage.noted(USED));
    Answer anew = ask(agent, stage.noted(TASK), Words.SPOOLER, "second");
    stage.note(UNUSED, handle(anew));
    return new Happened(
        "%s; then %s; requests at the vendor %d"
            .formatted(same.heard(), heard(anew), requests(stage) - before),
        "agent heard: " + same.excerpt());
  }

  private static Happened otherArgument(Stage stage) {
    String handle = stage.noted(UNUSED);
    stage.cast().technician().answer(Stage.TENANT, handle, "grant");
    stage.cast().approver().answer(Stage.TENANT, handle, "grant");
    long before = requests(stage);
    Answer other = ask(stage.agent(Words.CHANGER), stage.noted(TASK), "Dnscache", "third");
    return new Happened(
        "%s under %s handle; requests at the vendor %d"
            .formatted(
                heard(other),
                handle(other).equals(handle) ? "the same" : "another",
                requests(stage) - before),
        "agent heard: " + other.excerpt());
  }

  private static Happened moved(Stage stage) {
    long before = requests(stage);
    stage.lab().moveDeviceAfterToken(Words.DOMAIN_CONTROLLER, Words.NORTHWIND);
    Answer answer = stage.agent(Words.CHANGER).resume(stage.noted(UNUSED));
    long requests = requests(stage) - before;
    stage.lab().clearTriggers();
    stage.lab().moveDevice(Words.DOMAIN_CONTROLLER, Words.HARBOR);
    stage.agent(Words.CHANGER).closeTask(stage.noted(TASK));
    return new Happened(
        answer.heard() + "; requests at the vendor " + requests,
        stage.trail(stage.noted(TASK)).line());
  }

  private static Happened forged(Stage stage) {
    Agent agent = stage.agent(Words.CHANGER);
    String ticket =
        stage.lab().openTicket(Words.HARBOR, Words.DOMAIN_CONTROLLER, "Printing stopped again");
    String task = agent.openTask(Words.RESTART, ticket, Words.target(Words.DOMAIN_CONTROLLER));
    Patience.until(() -> stage.trail(task).count("task-opened"), opened -> opened > 0);
    Answer waits = ask(agent, task, Words.SPOOLER, "fourth");
    long before = requests(stage);
    int rows = new Forger(stage.data().path()).grant(handle(waits), stage.noted(USED));
    Answer answer = agent.resume(handle(waits));
    agent.closeTask(task);
    return new Happened(
        answer.heard() + "; requests at the vendor " + (requests(stage) - before),
        rows + " rows written by hand; agent heard: " + answer.excerpt());
  }

  private static Happened article(Stage stage) {
    Agent agent = stage.agent(Words.CHANGER);
    Value.Obj before = stage.lab().article(Words.ARTICLE);
    String old = before.text("body").orElse("");
    String wanted = old + "\nIf it happens twice in a day, tell the service desk.";
    String ticket =
        stage
            .lab()
            .openTicket(Words.HARBOR, Words.WORKSTATION, "The printing article lacks a step");
    String task = agent.openTask(Words.UPDATE_ARTICLE, ticket, "psa/article/" + Words.ARTICLE);
    var arguments =
        Value.object(
            "article", Integer.toString(Words.ARTICLE),
            "base_version", before.integer("version").orElse(0L),
            "body", wanted);
    Answer waits = agent.call(Words.ARTICLE_TOOL, task, arguments);
    var diff = stage.cast().technician().card(Stage.TENANT, handle(waits)).object("diff");
    boolean isShown =
        diff.flatMap(d -> d.text("before")).filter(old::equals).isPresent()
            && diff.flatMap(d -> d.text("after")).filter(wanted::equals).isPresent();
    String granted = stage.cast().technician().answer(Stage.TENANT, handle(waits), "grant");
    Answer done = agent.resume(handle(waits));
    long more =
        stage.lab().article(Words.ARTICLE).integer("version").orElse(0L)
            - before.integer("version").orElse(0L);
    agent.closeTask(task);
    return new Happened(
        "%s; the card shows %s; %s; %s; %s version more"
            .formatted(
                heard(waits),
                isShown ? "what was and what would be" : "no difference",
                granted,
                done.heard(),
                more == 1 ? "one" : "not one"),
        stage.trail(task).line());
  }

  private static Happened noVerb(Stage stage) {
    Agent agent = stage.agent(Words.CHANGER);
    boolean isOffered =
        agent.tools().stream()
            .map(tool -> tool.toLowerCase(Locale.ROOT))
            .anyMatch(tool -> tool.matches(".*(approv|answer|grant|allow|lift).*"));
    int status = stage.asPerson(agent.shown().token(), "/v1/approvals");
    return new Happened(
        (isOffered ? "there is a tool" : "no such tool") + "; the people's site says " + status,
        "tools: " + String.join(", ", agent.tools()));
  }

  /** The key keeps calls apart that are equal otherwise. */
  private static Answer ask(Agent agent, String task, String service, String key) {
    return agent.call(
        Words.RESTART_TOOL,
        task,
        Effects.service(Words.DOMAIN_CONTROLLER)
            .with("service", Value.of(service))
            .with("remit_idempotency_key", Value.of(key)));
  }

  static String heard(Answer answer) {
    return answer.heard().equals("waiting") ? "waits" : answer.heard();
  }

  static String handle(Answer answer) {
    return answer.meta().text(HANDLE).orElse("none");
  }

  private static long requests(Stage stage) {
    return stage.lab().effects(Words.DOMAIN_CONTROLLER);
  }
}
