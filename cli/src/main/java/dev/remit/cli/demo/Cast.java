package dev.remit.cli.demo;

import dev.remit.cli.CommandException;
import dev.remit.core.value.Value;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The people of the demo with their keys: an administrator and a technician of the MSP, and an
 * approver of the client; and one who works themselves and answers nothing, so has no key.
 */
record Cast(Desk administrator, Desk technician, Desk approver, Desk worker, String told) {

  private static final String STAFF = "staff";

  /** The installation's own log, where the keys of the MSP's people are told. */
  private static final String OPERATOR = "_operator";

  /** Signs them in and registers their keys as the installation's documents say. */
  static Cast gather(Stage stage) {
    String site = site(stage);
    for (String issuer : List.of(STAFF, Stage.TENANT)) {
      stage.lab().allowRedirect(site + "/signin/callback/" + issuer);
    }
    var administrator = Desk.signIn(site, STAFF, account(stage, "msp", "service-managers", 0));
    administrator.registerKey("/v1/keys/first", code(stage, Value.Obj.EMPTY));

    var technician = Desk.signIn(site, STAFF, account(stage, "msp", "senior-technicians", 0));
    String waits =
        technician.registerKey("/v1/keys", Value.Obj.EMPTY).text("waitsFor").orElseThrow();
    String granted = administrator.answer(OPERATOR, waits, "grant");

    var approver = Desk.signIn(site, Stage.TENANT, account(stage, Stage.TENANT, "it-approvers", 1));
    approver.registerKey("/v1/keys/first", code(stage, Value.object("tenant", Stage.TENANT)));
    var worker = Desk.signIn(site, STAFF, account(stage, "msp", "technicians", 0));
    return new Cast(administrator, technician, approver, worker, granted);
  }

  /** Browsers give keys to names alone, so the site is not an address. */
  private static String site(Stage stage) {
    var people = URI.create(stage.data().server().text("people").orElseThrow());
    return "http://localhost:" + people.getPort();
  }

  /**
   * Somebody who is of this group and of no other; the client's first is who opens the tickets, and
   * nobody answers for what they asked for.
   */
  private static String account(Stage stage, String organisation, String group, int place) {
    return stage.accounts(organisation).stream()
        .filter(account -> account.items("groups").equals(List.of(Value.of(group))))
        .skip(place)
        .findFirst()
        .flatMap(account -> account.text("subject"))
        .orElseThrow(() -> CommandException.broken("the lab has nobody of `" + group + "`"));
  }

  /** The one-time code, from the file that only the machine's owner can read. */
  private static Value.Obj code(Stage stage, Value.Obj whose) {
    var opened = stage.people().post("/v1/first-key", whose);
    try {
      var lines = Files.readAllLines(Path.of(opened.text("file").orElseThrow()));
      return Value.object("code", lines.getLast().strip());
    } catch (IOException e) {
      throw CommandException.broken("cannot read the one-time code");
    }
  }
}
