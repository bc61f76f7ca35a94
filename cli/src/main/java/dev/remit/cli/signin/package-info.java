/**
 * A person's own session of this command line: how it begins in a browser, and where its token
 * lies.
 *
 * <p>Outside the flow; used by the commands that act for a person.
 */
@NullMarked
package dev.remit.cli.signin;

import org.jspecify.annotations.NullMarked;
