/** What a decision is about: entities with their hierarchy, and a request prepared over them. */
@NullMarked
package dev.remit.cedar.request;

import org.jspecify.annotations.NullMarked;
