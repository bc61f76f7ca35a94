/**
 * Figures of the running installation for whoever watches it (Prometheus). No label names a client,
 * an agent, a person, a target or a tool: what one client could learn of another is in no figure.
 */
@NullMarked
package dev.remit.server.metrics;

import org.jspecify.annotations.NullMarked;
