/**
 * What policy would say, for enforcement points outside (AuthZEN 1.0). Beside the flow: nothing
 * here opens a task, makes a call or admits an effect.
 */
@NullMarked
package dev.remit.core.advice;

import org.jspecify.annotations.NullMarked;
