/**
 * The console: pages for people, rendered here and whole without a script but for signing.
 *
 * <p>It reads and shows; it decides and changes nothing. What was written by agents, tickets and
 * vendors reaches a page as text alone, with every character that cannot be seen spelled out. In
 * front of {@code core/flow}, beside the people's JSON API that takes the answers.
 */
@NullMarked
package dev.remit.web.console;

import org.jspecify.annotations.NullMarked;
