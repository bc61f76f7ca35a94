/**
 * What policy says of a call on the facts of the moment. After {@code call}, before {@code
 * approval}.
 */
@NullMarked
package dev.remit.core.decision;

import org.jspecify.annotations.NullMarked;
