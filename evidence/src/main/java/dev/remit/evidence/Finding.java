package dev.remit.evidence;

import dev.remit.core.value.Value;
import java.util.Locale;

/**
 * One thing in a pack that is not as it must be. A pack with a finding is refuted.
 *
 * @param detail for people; holds nothing of a body
 */
public record Finding(Code code, Place place, String detail) {

  /** What is wrong: a closed list, so that two verifiers can be compared case by case. */
  public enum Code {
    /** The lines are not those of a pack: JSON, form, order, canonical spelling. */
    MALFORMED,
    /** The pack ends before its last line. */
    TRUNCATED,
    /** The pack's own digest or its counts do not fit its lines. */
    DAMAGED,
    /** Indexes do not count up from zero. */
    INDEX,
    /** A leaf is not a canonical entry. */
    LEAF,
    /** A leaf does not have the hash that stands beside it. */
    LEAF_HASH,
    /** An entry is of another tenant than the pack. */
    TENANT,
    /** A body or its salt is not the one that the leaf commits to. */
    BODY,
    /** One entry or intent stands twice. */
    DUPLICATE,
    /** An outcome without its intent, a second first outcome, a resolution without an outcome. */
    OUTCOME,
    /** The log is not the one of the installation and tenant that the pack names. */
    ORIGIN,
    /** The checkpoint is for another number of entries. */
    SIZE,
    /** The entries do not lead to the checkpoint's root. */
    ROOT,
    /** No key that the reader trusts signed the checkpoint, or such a signature is wrong. */
    SIGNATURE,
    /** The cosignature of a witness that the reader trusts is wrong. */
    COSIGNATURE,
    /** The entries of a receipt are not all of one call. */
    CALL,
    /** The log does not continue the older checkpoint that the reader brought. */
    SINCE;

    /** The form in reports, such as {@code leaf-hash}. */
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  Value.Obj toValue() {
    return Value.object(
        "code", code.text(),
        "line", place.line(),
        "byte", place.byteOffset(),
        "detail", detail);
  }

  @Override
  public String toString() {
    return "line "
        + place.line()
        + ", byte "
        + place.byteOffset()
        + ": "
        + code.text()
        + ": "
        + detail;
  }
}
