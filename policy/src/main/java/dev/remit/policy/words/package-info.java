/**
 * Policy as people read it: sentences made of the same JSON form that is compiled.
 *
 * <p>In the flow it is what a card and {@code remit compile} show. It knows the names of the
 * published schema and nothing of how policy is evaluated.
 */
@NullMarked
package dev.remit.policy.words;

import org.jspecify.annotations.NullMarked;
