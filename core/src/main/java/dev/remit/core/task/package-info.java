/**
 * The ticket-bound unit of work that scopes every call. After {@code identity}, before {@code
 * target}.
 */
@NullMarked
package dev.remit.core.task;

import org.jspecify.annotations.NullMarked;
