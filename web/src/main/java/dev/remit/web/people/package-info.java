/**
 * The people's listener: reading what happened, and the kill switch. In front of {@code
 * core/flow}'s oversight; nothing here widens anything.
 */
@NullMarked
package dev.remit.web.people;

import org.jspecify.annotations.NullMarked;
