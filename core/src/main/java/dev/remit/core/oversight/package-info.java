/**
 * Looking at what was done: certification of executed effects by overseers, and the autonomy of
 * agents that rises and falls with it. Beside the flow; it reads the committed log and never stands
 * in a call's way, but for the level that {@link dev.remit.core.oversight.AutonomyLevels} tells.
 */
@NullMarked
package dev.remit.core.oversight;

import org.jspecify.annotations.NullMarked;
