/**
 * What both listeners share: hardening, routes, reading a request within limits, answers and
 * problems. Knows HTTP and nothing of what is asked for.
 */
@NullMarked
package dev.remit.web.http;

import org.jspecify.annotations.NullMarked;
