package dev.livedub.bench;

import dev.livedub.core.config.FallbackMode;
import dev.livedub.core.config.PlayoutDelay;
import dev.livedub.core.dub.DubLine;
import dev.livedub.core.dub.DubLineSettings;
import dev.livedub.core.timeline.StreamKind;
import dev.livedub.core.translate.PassthroughTranslator;
import dev.livedub.core.worker.MeterSink;
import dev.livedub.media.ffmpeg.AacEncoder;
import dev.livedub.media.ffmpeg.MediaException;
import dev.livedub.media.ffmpeg.MediaInput;
import dev.livedub.media.ffmpeg.MediaPacket;
import dev.livedub.media.ffmpeg.SoundDecoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
 * What does one block of 1,024 samples cost from its AAC packet through decoder, chunks, mixer and
 * encoder to its new AAC packet? There are 46.875 blocks in a second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class SoundPath {

  private static final Duration LENGTH = Duration.ofSeconds(12);
  private static final Duration OPEN_LIMIT = Duration.ofSeconds(10);

  private final List<MediaPacket> packets = new ArrayList<>();
  private @Nullable SoundDecoder decoder;
  private @Nullable AacEncoder encoder;
  private @Nullable DubLine line;
  private final short[] block = new short[2 * AacEncoder.FRAME_SAMPLES];
  private int next;
  private long samples;
  private long encodedBytes;

  /** Reads the clip's sound and opens what it goes through. */
  @Setup(Level.Trial)
  public void open() throws MediaException {
    String clip =
        BenchClip.of(Path.of("bench/target/clips"), LENGTH, BenchClip.Sound.NOISE).toString();
    try (MediaInput input = new MediaInput(clip)) {
      input.open(clip, OPEN_LIMIT);
      decoder = input.newSoundDecoder();
      for (MediaPacket read = input.read(); read != null; read = input.read()) {
        if (read.kind() == StreamKind.AUDIO) {
          packets.add(read);
        } else {
          read.close();
        }
      }
    }
    encoder = new AacEncoder();
    DubLineSettings settings =
        new DubLineSettings(
            Duration.ofSeconds(1),
            FallbackMode.ORIGINAL,
            -18,
            PlayoutDelay.fixed(PlayoutDelay.USUAL));
    line = new DubLine(new PassthroughTranslator(), settings, MeterSink.NONE);
    line.start();
  }

  /** Decoding alone. */
  @Benchmark
  public long decode() {
    Objects.requireNonNull(decoder)
        .decode(nextPacket(), (pts, stereo, frames) -> samples += frames);
    return samples;
  }

  /** Chunks and mixer alone. */
  @Benchmark
  public long chunkAndMix() {
    DubLine dub = Objects.requireNonNull(line);
    dub.feed(samples, block, AacEncoder.FRAME_SAMPLES);
    dub.render(samples, block, AacEncoder.FRAME_SAMPLES);
    samples += AacEncoder.FRAME_SAMPLES;
    return samples;
  }

  /** All of it. */
  @Benchmark
  public long decodeChunkMixEncode() throws MediaException {
    Objects.requireNonNull(decoder)
        .decode(
            nextPacket(),
            (pts, stereo, frames) ->
                System.arraycopy(stereo, 0, block, 0, Math.min(2 * frames, block.length)));
    DubLine dub = Objects.requireNonNull(line);
    dub.feed(samples, block, AacEncoder.FRAME_SAMPLES);
    dub.render(samples, block, AacEncoder.FRAME_SAMPLES);
    Objects.requireNonNull(encoder).encode(samples, block, this::take);
    samples += AacEncoder.FRAME_SAMPLES;
    return encodedBytes;
  }

  /** Frees native memory. */
  @TearDown(Level.Trial)
  public void close() {
    packets.forEach(MediaPacket::close);
    Objects.requireNonNull(line).close();
    Objects.requireNonNull(encoder).close();
    Objects.requireNonNull(decoder).close();
  }

  private void take(MediaPacket packet) {
    encodedBytes += packet.sizeBytes();
    packet.close();
  }

  private MediaPacket nextPacket() {
    next = (next + 1) % packets.size();
    return packets.get(next);
  }
}
