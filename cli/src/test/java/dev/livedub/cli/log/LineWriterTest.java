package dev.livedub.cli.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LineWriterTest {

  private static final String LOST = "lost ";

  /** Takes bytes only once it is opened, like a pipe that nobody reads. */
  private static final class Gate extends OutputStream {
    final CountDownLatch reached = new CountDownLatch(1);
    final CountDownLatch open = new CountDownLatch(1);
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void write(int value) {
      throw new UnsupportedOperationException("byte by byte");
    }

    @Override
    public synchronized void write(byte[] from, int offset, int length) throws IOException {
      reached.countDown();
      try {
        assertThat(open.await(30, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      bytes.write(from, offset, length);
    }

    String text() {
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }

  /** Takes bytes after 250 ms: two writes take longer than a reader may that takes nothing. */
  private static final class Slow extends OutputStream {
    final AtomicInteger writes = new AtomicInteger();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void write(int value) {
      throw new UnsupportedOperationException("byte by byte");
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      writes.incrementAndGet();
      try {
        TimeUnit.MILLISECONDS.sleep(250);
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      bytes.write(from, offset, length);
    }
  }

  @Test
  void offer_lines_areWrittenInOrderByTheTimeOfClose() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LineWriter writer = new LineWriter(out, count -> LOST + count);
    writer.offer("one");
    writer.offer("två");
    writer.close();
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("one\ntvå\n");
  }

  @Test
  void offer_readerThatStands_neverWaitsAndCountsTheLost() throws Exception {
    Gate out = new Gate();
    LineWriter writer = new LineWriter(out, count -> LOST + count);
    writer.offer("first");
    assertThat(out.reached.await(30, TimeUnit.SECONDS)).isTrue();

    for (int i = 0; i < LineWriter.CAPACITY + 5; i++) {
      writer.offer("line " + i);
    }
    out.open.countDown();

    await().untilAsserted(() -> assertThat(out.text()).endsWith("\n" + LOST + "5\n"));
    assertThat(out.text().lines().count()).isEqualTo(LineWriter.CAPACITY + 2);
    writer.close();
  }

  @Test
  void close_readerThatIsSlow_getsEveryLine() {
    Slow out = new Slow();
    LineWriter writer = new LineWriter(out, count -> LOST + count);
    writer.offer("first");
    await().until(() -> out.writes.get() == 1);
    writer.offer("second");
    writer.close();
    assertThat(out.bytes.toString(StandardCharsets.UTF_8)).isEqualTo("first\nsecond\n");
  }

  @Test
  void close_readerThatStands_returnsAllTheSame() throws Exception {
    Gate out = new Gate();
    LineWriter writer = new LineWriter(out, count -> LOST + count);
    writer.offer("first");
    assertThat(out.reached.await(30, TimeUnit.SECONDS)).isTrue();
    writer.close();
    assertThat(out.text()).isEmpty();
    out.open.countDown();
  }

  @Test
  void showStatus_linesBetween_areAboveItAndNothingIsMangled() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LineWriter writer = new LineWriter(out, count -> LOST + count);
    writer.showStatus(() -> "STATUS");
    await().until(() -> out.toString(StandardCharsets.UTF_8).contains("STATUS"));
    writer.offer("line");
    await().until(() -> out.toString(StandardCharsets.UTF_8).contains("line"));
    writer.close();

    String text = out.toString(StandardCharsets.UTF_8);
    String status = "\u001b[?7lSTATUS\u001b[?7h";
    assertThat(text).startsWith(status).contains("\r\u001b[2Kline\n" + status);
    assertThat(text).as("gone at the end").endsWith("\r\u001b[2K");
  }

  @Test
  void showStatus_supplierThatFails_doesNotEndTheLog() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LineWriter writer = new LineWriter(out, count -> LOST + count);
    writer.showStatus(
        () -> {
          throw new IllegalStateException("no status");
        });
    await().until(() -> out.toString(StandardCharsets.UTF_8).contains("no status"));
    writer.offer("line");
    writer.close();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("line\n");
  }
}
