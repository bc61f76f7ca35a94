/**
 * The demo: the main job on the lab estate, act by act, with what was expected and what happened.
 *
 * <p>Outside the flow: it is an MCP client, an operator and an auditor of a running server, and
 * uses nothing of the server's code.
 */
@NullMarked
package dev.remit.cli.demo;

import org.jspecify.annotations.NullMarked;
