/**
 * Evidence as people carry it away and read it: packs, their verification, the signing of
 * checkpoints and the readable trail.
 *
 * <p>It stands after the last stage of a call. Stored entries and a signed checkpoint become an
 * {@link dev.remit.evidence.EvidencePack}; a reader who trusts nobody checks it with keys of their
 * own and gets a {@link dev.remit.evidence.VerificationReport}, which also lists what was not
 * checked. {@link dev.remit.evidence.CheckpointSigning} holds the log key of an installation, and
 * {@link dev.remit.evidence.TrailView} turns entries into lines. Nothing here decides anything or
 * touches a database. Verification needs this module, {@code log}, {@code json} and the entry's
 * form in {@code core}, and no server.
 */
@NullMarked
package dev.remit.evidence;

import org.jspecify.annotations.NullMarked;
