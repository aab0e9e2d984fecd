package dev.livedub.cli.captions;

import dev.livedub.core.caption.Caption;
import dev.livedub.core.caption.CaptionListener;
import dev.livedub.core.worker.Meter;
import dev.livedub.core.worker.MeterSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes captions to files from a thread of its own, each as soon as it is known, so that a disk
 * that is slow or full cannot disturb the stream. What is lost is counted; the first loss of a file
 * is logged, and that it goes on.
 *
 * <p>Bounded: {@value #CAPACITY} captions wait at most, further ones are lost.
 *
 * <p><b>Threading:</b> any thread may offer and close; files belong to the thread {@code
 * dub-<stream>-captions}.
 */
public final class CaptionWriter implements CaptionListener, AutoCloseable {

  static final int CAPACITY = 1_024;

  private static final Logger LOG = LoggerFactory.getLogger(CaptionWriter.class);
  private static final Duration CLOSE = Duration.ofSeconds(1);
  private static final long POLL_MILLIS = 100;

  private final List<CaptionFile> files;
  private final MeterSink meters;
  private final BlockingQueue<Caption> captions = new ArrayBlockingQueue<>(CAPACITY);
  private final Thread thread;
  private volatile boolean closing;

  /** A writer to files that are open already, owned from now on; its thread starts at once. */
  CaptionWriter(List<CaptionFile> files, String streamId, MeterSink meters) {
    this.files = List.copyOf(files);
    this.meters = meters;
    this.thread = new Thread(this::work, "dub-" + streamId + "-captions");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Opens files anew, whatever was in them.
   *
   * @param names end in .vtt, .srt or .jsonl
   * @param languageTag language of the translation
   * @throws IOException if one cannot be opened; none is left open then
   */
  public static CaptionWriter open(
      List<String> names, String languageTag, String streamId, MeterSink meters)
      throws IOException {
    List<CaptionFile> files = new ArrayList<>();
    try {
      for (String name : names) {
        CaptionFormat format = CaptionFormat.of(name, languageTag);
        files.add(
            new CaptionFile(
                name,
                format,
                Files.newByteChannel(
                    Path.of(name),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING)));
      }
    } catch (IOException e) {
      for (CaptionFile file : files) {
        file.close();
      }
      throw e;
    }
    return new CaptionWriter(files, streamId, meters);
  }

  @Override
  public void onCaption(Caption caption) {
    if (!captions.offer(caption)) {
      meters.add(Meter.CAPTIONS_LOST, "", files.size());
    }
  }

  /** Writes what waits, as far as that is possible in time. Idempotent. */
  @Override
  public void close() {
    closing = true;
    try {
      thread.join(CLOSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    try {
      files.forEach(this::begin);
      while (!closing || !captions.isEmpty()) {
        Caption caption = captions.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
        if (caption != null) {
          files.forEach(file -> write(file, caption));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      files.forEach(CaptionWriter::close);
    }
  }

  private void begin(CaptionFile file) {
    try {
      file.begin();
    } catch (IOException e) {
      logLoss(file, e);
    }
  }

  private void write(CaptionFile file, Caption caption) {
    boolean failedBefore = file.isFailing();
    try {
      file.write(caption);
      if (failedBefore) {
        LOG.atInfo()
            .addKeyValue("event", "captions_resumed")
            .addKeyValue("file", file.name())
            .log("captions are written again");
      }
    } catch (IOException | RuntimeException e) {
      meters.add(Meter.CAPTIONS_LOST, "", 1);
      if (!failedBefore) {
        logLoss(file, e);
      }
    }
  }

  private static void logLoss(CaptionFile file, Exception cause) {
    LOG.atWarn()
        .addKeyValue("event", "captions_lost")
        .addKeyValue("file", file.name())
        .log("captions cannot be written: " + cause);
  }

  private static void close(CaptionFile file) {
    try {
      file.close();
    } catch (IOException e) {
      logLoss(file, e);
    }
  }
}
