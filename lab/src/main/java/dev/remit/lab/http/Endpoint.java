package dev.remit.lab.http;

/** Answers a call; throws {@link Refusal} for everything that is not fine. */
@FunctionalInterface
public interface Endpoint {
  Reply answer(Call call);
}
