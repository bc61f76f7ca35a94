/**
 * Task tokens (RFC 8693, RFC 9396): their keys, and how they are signed, read and believed. Between
 * a workload's own identity and its task.
 */
@NullMarked
package dev.remit.identity.token;

import org.jspecify.annotations.NullMarked;
