/**
 * A small estate of a managed service provider to try Remit on: an RMM, a PSA and a monitoring
 * system over HTTP, an asset database in PostgreSQL, an OIDC issuer for agents, issuers of people
 * for each organisation (see {@code people}), and a control API for tests. It runs as its own
 * process over real protocols, depends on nothing of Remit, and nothing of Remit depends on it. In
 * the flow it stands outside: it plays the vendors.
 */
@NullMarked
package dev.remit.lab;

import org.jspecify.annotations.NullMarked;
