package dev.remit.workspace;

import dev.remit.policy.Kinds;

/** What every kind of inventory says of its records: who owns them, and what policy may read. */
final class RecordMembers {
  private static final Form ATTRIBUTE =
      new Form("lower-case letters, digits and `_`", "x", Kinds::isAttributeName);

  private RecordMembers() {}

  static void read(Section record, Form place) {
    record.text("id", place);
    record.text("owner", place);
    record.optionalTexts("version-from", place);
    var attributes = record.section("attributes");
    var declared = attributes.eachText(ATTRIBUTE, place);
    attributes.close();
    for (var name : record.optionalTexts("binding", ATTRIBUTE)) {
      if (!declared.containsKey(name.text())) {
        record.problem(name.origin(), "`" + name.text() + "` is not among the attributes");
      }
    }
  }
}
