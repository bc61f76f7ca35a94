package dev.remit.cedar;

import java.util.List;

/**
 * What a policy set says about a request, as Cedar's authorizer defines it: allowed if a permit is
 * satisfied and no forbid is. A policy that fails is not satisfied and is named.
 *
 * @param determining the ids of the forbids that are satisfied, else of the permits; sorted
 * @param failures the policies that could not be evaluated; sorted by id
 */
public record Answer(boolean isAllowed, List<String> determining, List<PolicyFailure> failures) {}
