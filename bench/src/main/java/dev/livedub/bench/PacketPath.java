package dev.livedub.bench;

import dev.livedub.core.timeline.StreamKind;
import dev.livedub.media.ffmpeg.FlvPackets;
import dev.livedub.media.ffmpeg.MediaException;
import dev.livedub.media.ffmpeg.MediaInput;
import dev.livedub.media.ffmpeg.MediaPacket;
import dev.livedub.media.flv.TagWriter;
import dev.livedub.media.playout.PacketDelayLine;
import dev.livedub.testkit.thirdparty.Ffmpeg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
 * What does one picture packet cost from the demuxer through the delay line to the payload of an
 * RTMP message?
 *
 * <p>An MPEG-TS is read again and again, whose pictures have start codes as those of RTSP; payload
 * is copied to one place, so that neither network nor disk counts.
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
  private static final Path CLIPS = Path.of("bench/target/clips");
  private static final int BIT_RATE = 2_000_000;

  private String clip = "";
  private @Nullable MediaInput input;
  private @Nullable FlvPackets output;
  private final PacketDelayLine line = new PacketDelayLine(BIT_RATE);
  private long shiftMicros;
  private long endMicros;

  /** Where the publisher's buffer would be. */
  private static final class Payload implements TagWriter {

    private final byte[] bytes = new byte[1 << 20];
    private int sizeBytes;

    @Override
    public void begin(Kind kind, long atMillis, int tagBytes) {
      sizeBytes = 0;
    }

    @Override
    public void fill(ByteBuffer borrowed) {
      int partBytes = borrowed.remaining();
      borrowed.get(bytes, sizeBytes, partBytes);
      sizeBytes += partBytes;
    }
  }

  /** Opens both ends. */
  @Setup(Level.Trial)
  public void open() throws IOException, MediaException {
    clip = withStartCodes(BenchClip.of(CLIPS, LENGTH, BenchClip.Sound.NOISE));
    MediaInput source = newInput();
    input = source;
    FlvPackets sink = new FlvPackets(source.picture(), source.sound(), new Payload());
    sink.announce();
    output = sink;
  }

  private static String withStartCodes(Path mp4) {
    String file = mp4.toString();
    String stream = file.substring(0, file.lastIndexOf('.')) + ".ts";
    Ffmpeg.run(OPEN_LIMIT, List.of("-i", file, "-map", "0:v", "-c", "copy", stream));
    return stream;
  }

  /** One packet through all of it. */
  @Benchmark
  public int packet() throws IOException, MediaException {
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
  public void close() {
    Objects.requireNonNull(input).close();
    line.close();
  }

  private MediaPacket nextPicture() throws MediaException {
    while (true) {
      MediaPacket packet = Objects.requireNonNull(input).read();
      if (packet == null) {
        Objects.requireNonNull(input).close();
        input = newInput();
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
