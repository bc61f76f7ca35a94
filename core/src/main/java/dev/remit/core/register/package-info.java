/**
 * The register of agents: who answers for each class, what it may reach at most, and whether it may
 * work. Beside the flow: opening a task and committing an intent ask the stored state in the same
 * round trip, and what a policy version makes of a class is held against what people launched.
 */
@NullMarked
package dev.remit.core.register;

import org.jspecify.annotations.NullMarked;
