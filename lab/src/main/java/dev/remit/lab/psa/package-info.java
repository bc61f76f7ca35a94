/**
 * The professional services automation over HTTP: tickets with queues, priorities, notes and
 * replies, and the knowledge base. Its tickets are those that the RMM shows. It lets its one client
 * do much that is unwise, as such systems do: a reply goes to any contact it knows, an article of
 * any company can be rewritten.
 */
@NullMarked
package dev.remit.lab.psa;

import org.jspecify.annotations.NullMarked;
