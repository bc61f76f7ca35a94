/**
 * Workloads proven by SPIFFE: X.509-SVIDs over mTLS and JWT-SVIDs, against the bundles of trust
 * domains that come from a file, a bundle endpoint or the Workload API.
 *
 * <p>Stands beside the OIDC issuers: both name one registered workload or nobody.
 */
@NullMarked
package dev.remit.identity.spiffe;

import org.jspecify.annotations.NullMarked;
