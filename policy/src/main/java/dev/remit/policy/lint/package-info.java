/**
 * What is allowed in a workspace and yet probably a mistake: rules that never fire, layers that
 * undo one another, limits that cannot be reached, what nobody answers for.
 *
 * <p>In the flow it is asked by {@code remit check}, never where a call is decided.
 */
@NullMarked
package dev.remit.policy.lint;

import org.jspecify.annotations.NullMarked;
