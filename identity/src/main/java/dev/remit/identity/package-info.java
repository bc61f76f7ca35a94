/**
 * Proves who calls: access tokens of trusted issuers, checked against the issuers' published keys
 * and mapped to exactly one registered workload.
 *
 * <p>First stage of the flow: it turns a bearer token into a {@code core.identity.Caller} and
 * decides nothing else. It depends on no other adapter.
 */
@NullMarked
package dev.remit.identity;

import org.jspecify.annotations.NullMarked;
