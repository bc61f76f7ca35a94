/**
 * Threat scenarios: what a workspace promises, tried on the evaluator that decides. A workspace's
 * files are read into {@link dev.remit.workspace.scenario.Scenario}s; {@link
 * dev.remit.workspace.scenario.ScenarioRun} tries them, and {@link
 * dev.remit.workspace.scenario.MutationRun} breaks one policy after the other to see who notices.
 */
@NullMarked
package dev.remit.workspace.scenario;

import org.jspecify.annotations.NullMarked;
