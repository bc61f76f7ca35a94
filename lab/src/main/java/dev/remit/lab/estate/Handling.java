package dev.remit.lab.estate;

/**
 * What the PSA knows of a ticket beside the ticket itself.
 *
 * @param isSecurity whether it is about security
 * @param isConfirmed whether the client said that it is solved
 * @param resolution how it was solved; empty while it is open
 */
public record Handling(String queue, boolean isSecurity, boolean isConfirmed, String resolution) {
  static final Handling USUAL = new Handling("service-desk", false, false, "");

  public Handling in(String otherQueue) {
    return new Handling(otherQueue, isSecurity, isConfirmed, resolution);
  }

  public Handling secure(boolean is) {
    return new Handling(queue, is, isConfirmed, resolution);
  }

  public Handling confirmed(boolean is) {
    return new Handling(queue, isSecurity, is, resolution);
  }

  public Handling solved(String words) {
    return new Handling(queue, isSecurity, isConfirmed, words);
  }
}
