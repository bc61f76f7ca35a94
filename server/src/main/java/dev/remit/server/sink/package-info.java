/**
 * What happened, told to those who watch: events of each tenant's log to files, webhooks and
 * syslog, in order and at least once. It reads the log and never holds it up.
 */
@NullMarked
package dev.remit.server.sink;

import org.jspecify.annotations.NullMarked;
