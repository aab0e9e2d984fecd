package dev.livedub.gemini.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OkHttpConnectorTest {

  private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(200);

  private final ExecutorService readers = Executors.newCachedThreadPool();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final OkHttpConnector connector =
      new OkHttpConnector(
          readers,
          timer,
          new TransportSettings(
              Duration.ofSeconds(5),
              Duration.ofSeconds(10),
              Duration.ofSeconds(60),
              CLOSE_TIMEOUT));
  private final HeardConnection heard = new HeardConnection();

  @AfterEach
  void freeEverything() {
    connector.close();
    readers.shutdownNow();
    timer.shutdownNow();
  }

  private Connection connect(WirePeer peer) {
    return connector.connect(new ConnectRequest(peer.url(), Map.of("x-key", "sesame")), heard);
  }

  @Test
  void messages_bothWays_arriveInOrder() throws IOException {
    List<String> received = new CopyOnWriteArrayList<>();
    List<String> requests = new CopyOnWriteArrayList<>();
    try (WirePeer peer =
        new WirePeer(
            line -> {
              requests.add(line.upgrade());
              line.send(WirePeer.BINARY, "{\"n\":1}");
              line.send(WirePeer.TEXT, "{\"n\":\"\u00e9\"}");
              for (int i = 0; i < 100; i++) {
                WirePeer.Frame frame = line.read();
                assertThat(frame.opcode()).isEqualTo(WirePeer.TEXT);
                received.add(frame.text());
              }
            })) {
      Connection connection = connect(peer);
      await().until(() -> heard.open);
      for (int i = 0; i < 100; i++) {
        assertThat(connection.send("message " + i)).isTrue();
      }
      await().until(() -> received.size() == 100 && heard.messages.size() == 2);
    }
    assertThat(heard.messages).containsExactly("{\"n\":1}", "{\"n\":\"\u00e9\"}");
    for (int i = 0; i < 100; i++) {
      assertThat(received.get(i)).isEqualTo("message " + i);
    }
    assertThat(requests.get(0)).contains("x-key: sesame").doesNotContain("permessage-deflate");
  }

  @Test
  void message_ofTwoMegabytes_arrivesWhole() throws IOException {
    String large = "x".repeat(2_000_000);
    try (WirePeer peer =
        new WirePeer(
            line -> {
              line.upgrade();
              line.send(WirePeer.BINARY, large);
            })) {
      connect(peer);
      await().until(() -> heard.messages.size() == 1);
    }
    assertThat(heard.messages.get(0)).isEqualTo(large);
  }

  @Test
  void closeFrame_ofPeer_isAnsweredAndTheSocketFreed() throws IOException {
    CountDownLatch freed = new CountDownLatch(1);
    try (WirePeer peer =
        new WirePeer(
            line -> {
              line.upgrade();
              line.sendClose(1011, "Deadline expired");
              WirePeer.Frame answer = line.read();
              assertThat(answer.opcode()).isEqualTo(WirePeer.CLOSE);
              assertThat(answer.closeCode()).isEqualTo(1000);
              // The peer keeps its end open; the client does not.
              assertThat(line.readToEnd()).isEmpty();
              freed.countDown();
            })) {
      Connection connection = connect(peer);
      await().until(() -> freed.getCount() == 0);
      assertThat(connection.send("late")).isFalse();
    }
    assertThat(heard.closed).isEqualTo("1011 Deadline expired");
    assertThat(heard.ends).hasValue(1);
  }

  @Test
  void closeFrame_withoutCode_isAnsweredToo() throws IOException {
    CountDownLatch answered = new CountDownLatch(1);
    try (WirePeer peer =
        new WirePeer(
            line -> {
              line.upgrade();
              line.send(WirePeer.CLOSE, new byte[0]);
              assertThat(line.read().opcode()).isEqualTo(WirePeer.CLOSE);
              answered.countDown();
            })) {
      connect(peer);
      await().until(() -> answered.getCount() == 0);
    }
    assertThat(heard.closed).isEqualTo("1005 ");
  }

  @Test
  void close_peerAnswers_saysItsCode() throws IOException {
    try (WirePeer peer =
        new WirePeer(
            line -> {
              line.upgrade();
              assertThat(line.read().text()).isEqualTo("last");
              assertThat(line.read().closeCode()).isEqualTo(1000);
              line.sendClose(1000, "bye");
            })) {
      Connection connection = connect(peer);
      await().until(() -> heard.open);
      connection.send("last");
      connection.close();
      connection.close();
      await().until(() -> heard.ends.get() == 1);
    }
    assertThat(heard.closed).isEqualTo("1000 bye");
  }

  @Test
  void close_peerSilent_breaksOffInTime() throws IOException {
    CountDownLatch freed = new CountDownLatch(1);
    try (WirePeer peer =
        new WirePeer(
            line -> {
              line.upgrade();
              line.read();
              line.readToEnd();
              freed.countDown();
            })) {
      Connection connection = connect(peer);
      await().until(() -> heard.open);
      connection.close();
      await().until(() -> heard.ends.get() == 1 && freed.getCount() == 0);
    }
    assertThat(heard.failure).isNotNull();
  }

  @Test
  void close_peerStoppedReading_breaksOffInTime() throws IOException {
    CountDownLatch stuck = new CountDownLatch(1);
    try (WirePeer peer =
        new WirePeer(
            line -> {
              line.upgrade();
              awaitQuietly(stuck);
            })) {
      Connection connection = connect(peer);
      await().until(() -> heard.open);
      String chunk = "x".repeat(100_000);
      for (int i = 0; i < 150 && connection.queuedBytes() < 1_000_000; i++) {
        connection.send(chunk);
      }
      assertThat(connection.queuedBytes()).isPositive();
      connection.close();
      await().until(() -> heard.ends.get() == 1);
      stuck.countDown();
    }
    assertThat(heard.failure).isNotNull();
  }

  @Test
  void upgrade_refused_saysStatusAndWords() throws IOException {
    try (WirePeer peer =
        new WirePeer(line -> line.refuse("403 Forbidden", "{\"message\":\"key is blocked\"}"))) {
      connect(peer);
      await().until(() -> heard.ends.get() == 1);
    }
    assertThat(heard.failed().httpStatus()).isEqualTo(403);
    assertThat(heard.failed().message()).contains("403 Forbidden").contains("key is blocked");
  }

  @Test
  void upgrade_redirected_isNotFollowed() throws IOException {
    List<String> requests = new CopyOnWriteArrayList<>();
    try (WirePeer other = new WirePeer(line -> requests.add(line.upgrade()));
        WirePeer peer =
            new WirePeer(
                line ->
                    line.refuse(
                        "302 Found\r\nLocation: " + other.url().replace("ws:", "http:"), ""))) {
      connect(peer);
      await().until(() -> heard.ends.get() == 1);
    }
    assertThat(heard.failed().httpStatus()).isEqualTo(302);
    assertThat(requests).isEmpty();
  }

  @Test
  void connection_resetByPeer_fails() throws IOException {
    try (WirePeer peer =
        new WirePeer(
            line -> {
              line.upgrade();
              line.reset();
            })) {
      connect(peer);
      await().until(() -> heard.ends.get() == 1);
    }
    assertThat(heard.failed().httpStatus()).isEqualTo(ConnectionFailure.NO_STATUS);
  }

  @Test
  void connection_endedWithoutCloseFrame_failsAndSaysSo() throws IOException {
    try (WirePeer peer =
        new WirePeer(
            line -> {
              line.upgrade();
              line.finish();
            })) {
      connect(peer);
      await().until(() -> heard.ends.get() == 1);
    }
    assertThat(heard.failed().message()).contains("without a close frame");
  }

  @Test
  void connection_nobodyListens_fails() throws IOException {
    int port;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = server.getLocalPort();
    }
    connector.connect(new ConnectRequest("ws://127.0.0.1:" + port + "/", Map.of()), heard);
    await().until(() -> heard.ends.get() == 1);
    assertThat(heard.failed().message()).containsIgnoringCase("connect");
  }

  @Test
  void listener_throwingError_failsTheConnectionAloud() throws IOException {
    CountDownLatch freed = new CountDownLatch(1);
    heard.toThrow = new AssertionError("too much");
    try (WirePeer peer =
        new WirePeer(
            line -> {
              line.upgrade();
              line.send(WirePeer.TEXT, "{}");
              try {
                line.readToEnd();
              } finally {
                freed.countDown();
              }
            })) {
      connect(peer);
      await().until(() -> heard.ends.get() == 1 && freed.getCount() == 0);
    }
    assertThat(heard.failed().message()).contains("too much");
  }

  @Test
  void cancel_whileOpen_fails() throws IOException {
    try (WirePeer peer =
        new WirePeer(
            line -> {
              line.upgrade();
              line.readToEnd();
            })) {
      Connection connection = connect(peer);
      await().until(() -> heard.open);
      connection.cancel();
      await().until(() -> heard.ends.get() == 1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = 80)
  void connect_manyAtOnce_areAllOpen(int count) throws IOException {
    List<HeardConnection> all = new ArrayList<>();
    try (WirePeer peer =
        new WirePeer(
            line -> {
              line.upgrade();
              line.readToEnd();
            })) {
      for (int i = 0; i < count; i++) {
        HeardConnection each = new HeardConnection();
        all.add(each);
        connector.connect(new ConnectRequest(peer.url(), Map.of()), each);
      }
      await().until(() -> all.stream().allMatch(each -> each.open));
      connector.close();
      await().until(() -> all.stream().allMatch(each -> each.ends.get() == 1));
    }
  }

  @Test
  void settings_pingsMoreOftenThanPongsComeLate_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new TransportSettings(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(20),
                    CLOSE_TIMEOUT));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
