package dev.livedub.bench;

import dev.livedub.core.timeline.StreamKind;
import dev.livedub.media.ffmpeg.MediaException;
import dev.livedub.media.ffmpeg.MediaInput;
import dev.livedub.media.ffmpeg.MediaOutput;
import dev.livedub.media.ffmpeg.MediaPacket;
import dev.livedub.media.ffmpeg.OutputTarget;
import dev.livedub.media.playout.PacketDelayLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does one picture packet cost from the demuxer through the delay line to the muxer?
 *
 * <p>An MP4 is read again and again; FLV goes to the null device, so that neither network nor disk
 * counts.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class PacketPath {

  private static final Duration LENGTH = Duration.ofSeconds(12);
  private static final Duration OPEN_LIMIT = Duration.ofSeconds(10);
  private static final int BIT_RATE = 2_000_000;

  private String clip = "";
  private @Nullable Path directory;
  private @Nullable MediaInput input;
  private @Nullable MediaOutput output;
  private final PacketDelayLine line = new PacketDelayLine(BIT_RATE);
  private long shiftMicros;
  private long endMicros;

  /** Opens both ends. */
  @Setup(Level.Trial)
  public void open() throws IOException, MediaException {
    clip = BenchClip.of(Path.of("bench/target/clips"), LENGTH, BenchClip.Sound.NOISE).toString();
    MediaInput source = newInput();
    input = source;
    directory = Files.createTempDirectory("livedub-bench");
    Path nowhere = directory.resolve("nowhere.flv");
    Files.createSymbolicLink(nowhere, Path.of("/dev/null"));
    MediaOutput sink = new MediaOutput(OutputTarget.of(nowhere.toString()));
    sink.open(source.picture(), source.sound(), BIT_RATE, OPEN_LIMIT);
    output = sink;
  }

  /** One packet through all of it. */
  @Benchmark
  public int packet() throws MediaException {
    MediaPacket read = nextPicture();
    read.retime(read.ptsMicros() + shiftMicros, read.dtsMicros() + shiftMicros);
    endMicros = read.dtsMicros() + read.durationMicros();
    line.push(read);
    try (MediaPacket due = Objects.requireNonNull(line.poll())) {
      Objects.requireNonNull(output).write(due);
      return due.sizeBytes();
    }
  }

  /** Closes both ends. */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    Objects.requireNonNull(output).close();
    Objects.requireNonNull(input).close();
    line.close();
    Path made = Objects.requireNonNull(directory);
    Files.delete(made.resolve("nowhere.flv"));
    Files.delete(made);
  }

  private MediaPacket nextPicture() throws MediaException {
    while (true) {
      MediaPacket packet = Objects.requireNonNull(input).read();
      if (packet == null) {
        Objects.requireNonNull(input).close();
        input = newInput();
        // A clip with B-frames begins below 0.
        shiftMicros = endMicros + 1_000_000;
      } else if (packet.kind() == StreamKind.VIDEO) {
        return packet;
      } else {
        packet.close();
      }
    }
  }

  private MediaInput newInput() throws MediaException {
    MediaInput fresh = new MediaInput(clip);
    fresh.open(clip, OPEN_LIMIT);
    return fresh;
  }
}
