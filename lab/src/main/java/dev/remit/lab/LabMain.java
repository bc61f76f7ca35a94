package dev.remit.lab;

import java.io.IOException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The lab's own process: starts everything, says where, and stays until it is stopped or its parent
 * is gone.
 */
public final class LabMain {
  private LabMain() {}

  /** Exit 2 for wrong usage, 3 when something does not start. */
  public static void main(String[] args) throws InterruptedException {
    Logger.getLogger("").setLevel(Level.WARNING);
    LabOptions options;
    try {
      options = LabOptions.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println("lab: " + e.getMessage());
      System.exit(2);
      return;
    }
    try {
      Lab lab = Lab.start(options);
      Runtime.getRuntime().addShutdownHook(new Thread(lab::close, "lab-stop"));
      followParent(options.parentPid());
      System.out.println("lab ready " + lab.file());
      Thread.currentThread().join();
    } catch (IOException e) {
      System.err.println("lab: " + e.getMessage());
      System.exit(3);
    }
  }

  private static void followParent(long pid) {
    if (pid == 0) {
      return;
    }
    Optional<ProcessHandle> parent = ProcessHandle.of(pid);
    if (parent.isEmpty()) {
      System.exit(0);
    }
    Thread.ofPlatform()
        .daemon()
        .name("lab-parent")
        .start(() -> {
          while (parent.get().isAlive()) {
            try {
              Thread.sleep(500);
            } catch (InterruptedException e) {
              return;
            }
          }
          System.exit(0);
        });
  }
}
