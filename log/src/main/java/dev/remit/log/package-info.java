/**
 * A Merkle log that a reader can check alone: hashing and proofs of RFC 6962, checkpoints and
 * signed notes of C2SP.
 *
 * <p>It stands at the end of the way of a call: an entry becomes a {@link dev.remit.log.Hash}, the
 * {@link dev.remit.log.Frontier} turns hashes into a {@link dev.remit.log.TreeHead}, a {@link
 * dev.remit.log.Checkpoint} carries that head as a {@link dev.remit.log.SignedNote}, and proofs tie
 * an entry or an older head to it. It uses nothing but the JDK and knows nothing of entries but
 * their bytes. Bytes of unknown origin are parsed strictly ({@link
 * dev.remit.log.InvalidLogDataException}); every check answers with a {@link
 * dev.remit.log.Verified}.
 */
@NullMarked
package dev.remit.log;

import org.jspecify.annotations.NullMarked;
