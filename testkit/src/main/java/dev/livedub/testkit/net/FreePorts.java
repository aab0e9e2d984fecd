package dev.livedub.testkit.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports of loopback for servers that must be told theirs, such as programs of other projects.
 *
 * <p>Port 0 will not do for them: between the moment when it was free and the one when the server
 * listens, the system may give it to anybody. These lie below the range that the system gives away
 * by itself (32768 and up, unless Linux is told otherwise), and each process of Java begins
 * elsewhere in it and goes on from there, so that tests in several processes do not meet. That is
 * why the next one is kept for the whole process.
 *
 * <p><b>Threading:</b> any thread.
 */
public final class FreePorts {

  /** Above the ports of well-known services, those that livedub's pages name among them. */
  private static final int FIRST = 10_240;

  private static final int COUNT = 32_768 - FIRST;

  /** How far apart processes begin that were started one after the other; prime to the count. */
  private static final int STRIDE = 613;

  private static final AtomicInteger next =
      new AtomicInteger((int) (ProcessHandle.current().pid() * STRIDE % COUNT));

  private FreePorts() {}

  /**
   * Returns a port that nobody listens on, and that no later call in this process returns before
   * all others.
   *
   * @throws IllegalStateException if there is none
   */
  public static int next() {
    for (int tried = 0; tried < COUNT; tried++) {
      int port = FIRST + Math.floorMod(next.getAndIncrement(), COUNT);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no free port from " + FIRST + " on");
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
