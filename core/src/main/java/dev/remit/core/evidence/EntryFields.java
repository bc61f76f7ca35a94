package dev.remit.core.evidence;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How sensitive each field of an entry is: the table of {@code docs/reference/evidence.md}.
 *
 * <p>What stands in the leaf stays for ever, what stands in the body goes when it is erased. A
 * field that is not listed here is {@link Sensitivity#SECRET}: it belongs into no entry.
 */
public final class EntryFields {

  /** What a field would tell somebody who should not read it. */
  public enum Sensitivity {
    /** Names, codes and times of Remit's own. */
    OPEN,
    /** The client's business: tickets, records, arguments. */
    CLIENT,
    /** Names a person, or is a person's own words or gesture. */
    PERSONAL,
    /** A digest of something that is not here. */
    DIGEST,
    /** In no entry. */
    SECRET;

    /** The lower-case form of the reference. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Where a field stands. */
  public enum Part {
    LEAF,
    BODY
  }

  /** By name, the same in every kind. */
  private static final Map<String, Sensitivity> BY_NAME = new HashMap<>();

  static {
    all(
        Sensitivity.OPEN,
        "aaguid activeFrom agent agentClass agentHeard answerBy at autonomy bound calls"
            + " cause connector decided decision determining effect end environment for free from"
            + " handle how instance isOut kind lease leaseEnd mode moreExchanges outcome"
            + " overdue parent pin principal proof purpose refusals revision"
            + " risk scope sendBy serves sessions since state subject taskClass times title"
            + " to token tool tools trace until untrusted useBy uses verdict version what why windows"
            + " withheld epoch signedCalls actor because callLimit chain deadline worker"
            + " late statement dueAt signedRevision failures");
    all(
        Sensitivity.CLIENT,
        "about after arguments asked before beside boundaries detail differences ground records"
            + " seen steps targets tenantName texts ticket ticketSubject");
    all(
        Sensitivity.PERSONAL,
        "accountable agentOwner asker authenticatorData authors by clientData groups key"
            + " organisation owner person prompt requester signature");
    all(Sensitivity.OPEN, "hold entry count rule policies omitted covers reference");
    all(
        Sensitivity.DIGEST,
        "digest exchanges outcomeDigest promptDigest proposal result signedOutcomes");
  }

  private EntryFields() {}

  private static void all(Sensitivity sensitivity, String names) {
    Arrays.stream(names.split(" ")).forEach(name -> BY_NAME.put(name, sensitivity));
  }

  private static final String CALL =
      "agent person instance bound taskClass ticket tool effect pin connector digest arguments"
          + " targets decision determining version chain token";
  private static final String ASKED =
      "arguments records taskClass serves windows ground accountable asked decided at";
  private static final String PROPOSAL = "proposal handle subject";
  private static final String GESTURE =
      "agentClass taskClass outcomeDigest signedCalls signedOutcomes person key clientData"
          + " authenticatorData signature";

  private static final Map<Entry.Kind, String> LEAVES = new HashMap<>();
  private static final Map<Entry.Kind, String> BODIES = new HashMap<>();

  private static void kind(Entry.Kind kind, String leaf, String body) {
    LEAVES.put(kind, leaf);
    BODIES.put(kind, body);
  }

  static {
    String task =
        "by instance agent person parent taskClass ticket targets tools promptDigest serves";
    kind(
        Entry.Kind.TASK_OPENED,
        task + " version actor callLimit chain deadline",
        "subject requester prompt");
    kind(Entry.Kind.TASK_REFUSED, task + " reason agentHeard actor late", "");
    kind(Entry.Kind.TASK_CLOSED, "state by because parent", "reason");
    kind(Entry.Kind.TASK_HELD, "by", "reason");
    kind(Entry.Kind.TASK_RESUMED, "by", "reason");
    kind(Entry.Kind.TASK_ESCALATED, "by", "reason");
    kind(
        Entry.Kind.INTENT,
        CALL + " lease principal leaseEnd sendBy proposal trace purpose kind",
        ASKED);
    kind(
        Entry.Kind.OUTCOME,
        "outcome detail reason result lease untrusted withheld reference",
        "before after exchanges moreExchanges");
    kind(Entry.Kind.RESOLUTION, "outcome detail reason result lease by", "reason before after");
    kind(Entry.Kind.REFUSAL, CALL + " reason agentHeard late", ASKED + " detail seen");
    kind(Entry.Kind.DECISION, CALL + " " + PROPOSAL + " steps", ASKED + " steps");
    kind(
        Entry.Kind.PROPOSED,
        CALL
            + " "
            + PROPOSAL
            + " steps answerBy from to by asker scope agentClass free until uses"
            + " what owner",
        "tenantName environment title risk connector pin targets ticket ticketSubject requester"
            + " agentOwner prompt why determining version steps reason worker");
    kind(Entry.Kind.PROPOSAL_READ, PROPOSAL + " person", "");
    kind(
        Entry.Kind.ANSWERED,
        PROPOSAL + " person organisation groups verdict key clientData authenticatorData signature",
        "reason");
    kind(Entry.Kind.PROPOSAL_GRANTED, PROPOSAL + " by state useBy", "");
    kind(Entry.Kind.PROPOSAL_ENDED, PROPOSAL + " state by why", "reason");
  }

  static {
    kind(Entry.Kind.KEY_REGISTERED, "person organisation key activeFrom aaguid", "");
    kind(Entry.Kind.KEY_REMOVED, "person key", "");
    kind(Entry.Kind.LEASE_ENDED, "lease connector principal end proof", "");
    kind(Entry.Kind.READ, "by what about times since", "");
    kind(Entry.Kind.KILL, "scope by mode", "reason");
    kind(Entry.Kind.KILL_LIFTED, "scope", "reason");
    kind(Entry.Kind.LEGAL_HOLD_SET, "hold by", "reason");
    kind(Entry.Kind.LEGAL_HOLD_LIFTED, PROPOSAL + " hold", "reason");
    kind(Entry.Kind.BODIES_ERASED, PROPOSAL + " from to count before rule by entry", "");
    kind(Entry.Kind.SIGNED_IN, "person organisation for until", "");
    kind(Entry.Kind.SIGNED_OUT, "person sessions", "");
    kind(Entry.Kind.RESTORED, "epoch cause from to count", "");
    kind(Entry.Kind.POLICY_ACTIVATED, "version how authors", "");
    kind(
        Entry.Kind.POLICY_IN_FORCE, "version since policies digest omitted", "covers texts beside");
    kind(Entry.Kind.LOG_KEY_CHANGED, "from to statement", "");
    kind(Entry.Kind.TOOL_CHANGED, "connector tool pin isOut", "differences");
    kind(Entry.Kind.CONNECTION, "connector isOut", "failures");
    kind(Entry.Kind.CERTIFIED, GESTURE, "reason");
    kind(Entry.Kind.OBJECTED, GESTURE, "reason");
    String level = "agentClass taskClass from to cause revision";
    kind(Entry.Kind.AUTONOMY_RAISED, level + " proposal handle", "");
    kind(Entry.Kind.AUTONOMY_LOWERED, level + " calls agent overdue refusals", "");
    String agent = "agentClass revision cause";
    kind(Entry.Kind.AGENT_PROPOSED, agent + " digest boundaries", "");
    kind(Entry.Kind.AGENT_LAUNCHED, agent + " digest boundaries version owner proposal handle", "");
    kind(Entry.Kind.AGENT_SUSPENDED, agent + " by owner dueAt", "reason");
    kind(Entry.Kind.AGENT_RETIRED, agent + " by", "reason");
    kind(
        Entry.Kind.AGENT_CERTIFIED,
        "agentClass revision digest signedRevision person key clientData authenticatorData"
            + " signature",
        "");
    kind(Entry.Kind.PERSON_GONE, "person by", "reason");
  }

  /** The fields of a kind that have a class, sorted. */
  public static Set<String> of(Entry.Kind kind, Part part) {
    String names = (part == Part.LEAF ? LEAVES : BODIES).getOrDefault(kind, "");
    var sorted = new TreeSet<String>();
    Arrays.stream(names.split(" ")).filter(name -> !name.isEmpty()).forEach(sorted::add);
    return sorted;
  }

  /** How sensitive a field is; secret where nobody said. */
  public static Sensitivity sensitivity(Entry.Kind kind, Part part, String name) {
    if (!of(kind, part).contains(name)) {
      return Sensitivity.SECRET;
    }
    if (name.equals("reason")) {
      // A code in the leaf, and what a person typed in the body.
      return part == Part.LEAF ? Sensitivity.OPEN : Sensitivity.PERSONAL;
    }
    if (name.equals("arguments") && part == Part.LEAF) {
      return Sensitivity.DIGEST;
    }
    if (name.equals("subject") && kind == Entry.Kind.TASK_OPENED) {
      return Sensitivity.CLIENT;
    }
    return Optional.ofNullable(BY_NAME.get(name)).orElse(Sensitivity.SECRET);
  }

  /**
   * The row of a kind in the reference: its fields by sensitivity, those of the body in italics.
   */
  public static String row(Entry.Kind kind) {
    var row = new StringBuilder("| `" + kind.text() + "` |");
    for (var sensitivity :
        new Sensitivity[] {
          Sensitivity.OPEN, Sensitivity.CLIENT, Sensitivity.PERSONAL, Sensitivity.DIGEST
        }) {
      var names = new TreeSet<String>();
      for (Part part : Part.values()) {
        of(kind, part).stream()
            .filter(name -> sensitivity(kind, part, name) == sensitivity)
            .forEach(name -> names.add(part == Part.LEAF ? name : "*" + name + "*"));
      }
      row.append(' ').append(String.join(", ", names)).append(names.isEmpty() ? "|" : " |");
    }
    return row.toString();
  }

  /** Fields of an entry that nobody gave a class; such an entry must not be written. */
  public static Set<String> unclassified(Entry entry) {
    var names = new TreeSet<String>();
    for (Part part : Part.values()) {
      var members = part == Part.LEAF ? entry.fields() : entry.body();
      for (String name : members.members().keySet()) {
        if (sensitivity(entry.kind(), part, name) == Sensitivity.SECRET) {
          names.add(part.name().toLowerCase(Locale.ROOT) + " `" + name + "`");
        }
      }
    }
    return names;
  }
}
