package dev.remit.server;

import dev.remit.core.value.InvalidValueException;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;

/**
 * Starts a server and says on standard output when it is ready. Exit codes: 2 wrong usage or
 * refused configuration, 3 something else is broken.
 */
public final class ServerMain {

  private ServerMain() {}

  /** See {@link Options} for the arguments. */
  public static void main(String[] arguments) {
    Logs.quiet();
    int code = run(List.of(arguments));
    System.exit(code);
  }

  private static int run(List<String> arguments) {
    try {
      var options = Options.parse(arguments);
      var ended = new CountDownLatch(1);
      var closing = new ConcurrentLinkedDeque<Runnable>();
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(() -> {
                RemitServer.close(closing);
                ended.countDown();
              }));
      options.parentPid().ifPresent(ServerMain::endWith);
      var server = RemitServer.start(options, closing);
      System.out.println("remit ready " + server.readyLine());
      System.out.flush();
      ended.await();
      return 0;
    } catch (StartupException | InvalidValueException e) {
      System.err.println("remit: " + e.getMessage());
      return 2;
    } catch (InterruptedException e) {
      return 0;
    } catch (RuntimeException e) {
      System.err.println("remit: " + e.getMessage());
      return 3;
    }
  }

  /** Ends this process when the other one is gone, however it went. */
  private static void endWith(long pid) {
    var parent = ProcessHandle.of(pid);
    if (parent.isEmpty()) {
      System.exit(0);
    }
    Thread.ofVirtual()
        .name("parent")
        .start(() -> {
          parent.get().onExit().join();
          System.exit(0);
        });
  }
}
