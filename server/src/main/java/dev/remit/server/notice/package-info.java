/**
 * Tells people that something waits for them: signed webhooks and mail, outside the way of a call.
 * A notice carries no authority and nothing of what is asked but its name.
 */
@NullMarked
package dev.remit.server.notice;

import org.jspecify.annotations.NullMarked;
