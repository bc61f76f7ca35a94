/**
 * Hosts that run OpenSSH: a broker of user certificates, each good for one command line on one
 * host, and an executor that runs catalogued commands. Between the lease and the outcome of a call;
 * a trust boundary of its own.
 */
@NullMarked
package dev.remit.connectors.ssh;

import org.jspecify.annotations.NullMarked;
