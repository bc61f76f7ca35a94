package dev.remit.core.release;

import dev.remit.core.identity.AgentClassId;

/**
 * How Remit notes in tickets that people are asked, and how that ended.
 *
 * @param agent the automation that writes, as a class of agents that policy knows
 * @param taskClass the class of its tasks
 * @param tool what writes a note
 * @param ticket the tool's argument that names the ticket
 * @param text the tool's argument that takes the words
 */
public record NoteTerms(
    AgentClassId agent, String taskClass, String tool, String ticket, String text) {}
