/**
 * The whole of Remit as real processes: a lab, one or more servers, real clients. Every test here
 * looks at the world itself (the vendor's activities, PostgreSQL's roles, the exported log) and
 * believes no answer.
 *
 * <p>One estate serves all tests; a test leaves it as it found it: running, without faults.
 */
@NullMarked
package dev.remit.e2e;

import org.jspecify.annotations.NullMarked;
