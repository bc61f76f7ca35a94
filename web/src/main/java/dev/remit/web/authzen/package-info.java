/**
 * OpenID AuthZEN Authorization API 1.0 on the machines' listener: evaluation, evaluations, search
 * and metadata, per tenant. In front of {@code core/advice}; the wire translates and bounds, it
 * decides nothing.
 */
@NullMarked
package dev.remit.web.authzen;

import org.jspecify.annotations.NullMarked;
