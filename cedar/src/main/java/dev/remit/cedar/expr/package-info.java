/**
 * Expressions of Cedar compiled to closures: read once from the JSON form, then evaluated over
 * prepared facts without allocation where the language allows it. No closure throws; each returns a
 * value or a failure.
 */
@NullMarked
package dev.remit.cedar.expr;

import org.jspecify.annotations.NullMarked;
