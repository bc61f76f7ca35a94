/**
 * Witnesses: somebody outside of the log's house who cosigns only what continues what they have
 * seen (C2SP tlog-witness).
 *
 * <p>{@link dev.remit.log.witness.WitnessClient} is what a log calls after it signed a checkpoint.
 * {@link dev.remit.log.witness.Witness} decides, {@link dev.remit.log.witness.WitnessStates} keeps
 * what was seen on disk, and {@link dev.remit.log.witness.WitnessServer} is the wire between them.
 */
@NullMarked
package dev.remit.log.witness;

import org.jspecify.annotations.NullMarked;
