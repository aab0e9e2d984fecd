package dev.livedub.bench.http;

import dev.livedub.bench.Distribution;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends hooks at a steady rate, each on a connection of its own as the wrapper does, whether or not
 * earlier ones have been answered. An answer's time counts from when its hook was due, so that what
 * holds up the sender counts, too.
 */
final class HookRun {

  /**
   * What is sent.
   *
   * @param perSecond hooks due in a second
   * @param streams over which they go, in turn
   */
  record Load(int perSecond, int streams, int seconds) {
    int hooks() {
      return perSecond * seconds;
    }
  }

  /**
   * What came of it.
   *
   * @param answerMillis of hooks answered 202
   * @param failed hooks that were not
   */
  record Result(Distribution answerMillis, int failed) {}

  private static final int SENDERS = 48;
  private static final int PATIENCE_MILLIS = 10_000;

  /** Addresses to send from, so that ports of closed connections are not missed. */
  private static final int ADDRESSES = 64;

  private final int port;
  private final Load load;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final double[] millis;
  private final long startNanos = System.nanoTime() + 100_000_000;

  private HookRun(int port, Load load) {
    this.port = port;
    this.load = load;
    this.millis = new double[load.hooks()];
  }

  /** Sends a load and waits for the answers. */
  static Result send(int port, Load load) throws InterruptedException {
    HookRun run = new HookRun(port, load);
    List<Thread> senders = new ArrayList<>();
    for (int i = 0; i < SENDERS; i++) {
      Thread sender = new Thread(run::work, "hook-sender-" + i);
      senders.add(sender);
      sender.start();
    }
    for (Thread sender : senders) {
      sender.join();
    }
    double[] answered = Arrays.stream(run.millis).filter(each -> each > 0).toArray();
    return new Result(new Distribution(answered), run.failed.get());
  }

  private void work() {
    for (int hook = next.getAndIncrement(); hook < millis.length; hook = next.getAndIncrement()) {
      long dueNanos = startNanos + hook * 1_000_000_000L / load.perSecond();
      for (long left = dueNanos - System.nanoTime();
          left > 0;
          left = dueNanos - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      try {
        if (isAccepted(hook)) {
          millis[hook] = (System.nanoTime() - dueNanos) / 1e6;
        } else {
          failed.incrementAndGet();
        }
      } catch (IOException e) {
        failed.incrementAndGet();
      }
    }
  }

  private boolean isAccepted(int hook) throws IOException {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
      byte last = (byte) (1 + hook % ADDRESSES);
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, last}), 0));
      socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MILLIS);
      socket.getOutputStream().write(request(hook));
      InputStream in = socket.getInputStream();
      String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return answer.startsWith("HTTP/1.1 202 ");
    }
  }

  private byte[] request(int hook) {
    String event = hook / load.streams() % 2 == 0 ? "ready" : "not-ready";
    String body =
        "{\"path\":\"live/load-"
            + hook % load.streams()
            + "/in\",\"query\":\"lang=es&user=someone\",\"sourceType\":\"rtmpConn\",\"sourceId\":\""
            + hook
            + "\"}";
    String text =
        "POST /v1/mediamtx/events/"
            + event
            + " HTTP/1.1\r\nHost: livedub:8080\r\nUser-Agent: hook\r\nConnection: close\r\n"
            + "Content-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
