package dev.livedub.media.worker;

import dev.livedub.core.caption.CaptionListener;
import dev.livedub.core.config.BackgroundMode;
import dev.livedub.core.config.DubConfig;
import dev.livedub.core.dub.DubLine;
import dev.livedub.core.dub.DubLineSettings;
import dev.livedub.core.slot.SlotCounts;
import dev.livedub.core.time.Samples;
import dev.livedub.core.timeline.PlayoutClock;
import dev.livedub.core.timeline.SoundTrack;
import dev.livedub.core.timeline.TimelineMapper;
import dev.livedub.core.translate.Translator;
import dev.livedub.core.translate.TranslatorEvent.Health;
import dev.livedub.core.worker.MeterSink;
import dev.livedub.media.ffmpeg.AacEncoder;
import dev.livedub.media.ffmpeg.MediaException;
import dev.livedub.media.ffmpeg.MediaPacket;
import dev.livedub.media.ffmpeg.SoundFormat;
import dev.livedub.media.playout.CopiedSound;
import dev.livedub.media.playout.PacketDelayLine;
import dev.livedub.media.playout.PlayoutLoop;
import dev.livedub.media.playout.RenderedSound;
import dev.livedub.media.playout.SoundLane;
import dev.livedub.media.source.Source;
import dev.livedub.media.source.SourceListener;
import dev.livedub.media.source.SourceSettings;
import dev.livedub.media.telemetry.Telemetry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What lies between the input and the outputs, put together for one worker: source, delay lines,
 * sound track, dub line, playout.
 *
 * @param dubLine null where the sound is copied
 * @param encodedSound what the outputs are told of the sound; empty where it is copied and only the
 *     input tells
 */
record MediaPath(
    Source source,
    PlayoutLoop playout,
    PacketDelayLine pictures,
    PacketDelayLine copiedSound,
    SoundLane soundLane,
    @Nullable DubLine dubLine,
    Optional<SoundFormat> encodedSound)
    implements AutoCloseable {

  /** Highest bit rate a delay line must hold for the whole playout delay. */
  private static final long MAX_BITS_PER_SECOND = 60_000_000;

  /** What a delay line holds beyond the playout delay, for bursts after a network stall. */
  private static final Duration BURST = Duration.ofSeconds(3);

  static MediaPath copying(
      DubConfig config,
      PlayoutClock clock,
      SourceListener listener,
      Telemetry telemetry,
      Consumer<List<MediaPacket>> output) {
    SourceSettings settings = SourceSettings.of(config);
    TimelineMapper timeline =
        new TimelineMapper(clock, settings.isLive(), telemetry::discontinuity);
    PacketDelayLine pictures = delayLine(config);
    PacketDelayLine packets = delayLine(config);
    SoundLane lane = new CopiedSound(packets, clock, settings.isLive());
    PlayoutLoop playout = new PlayoutLoop(pictures, lane, clock, settings.isLive(), output);
    Source source =
        Source.copying(settings, timeline, pictures, packets, playout::queued, listener, telemetry);
    return new MediaPath(source, playout, pictures, packets, lane, null, Optional.empty());
  }

  static MediaPath dubbing(
      DubConfig config,
      PlayoutClock clock,
      Translator translator,
      MeterSink meters,
      CaptionListener captions,
      SourceListener listener,
      Telemetry telemetry,
      Consumer<List<MediaPacket>> output,
      Consumer<DubLine> control)
      throws MediaException {
    SourceSettings settings = SourceSettings.of(config);
    TimelineMapper timeline =
        new TimelineMapper(clock, settings.isLive(), telemetry::discontinuity);
    PacketDelayLine pictures = delayLine(config);
    SoundTrack track =
        new SoundTrack(
            (int) (config.delay().most().plus(BURST).toMillis() * Samples.RATE_HZ / 1000));
    DubLine dubLine =
        new DubLine(
            translator,
            new DubLineSettings(
                config.slot(),
                config.fallback(),
                config.duckDb(),
                config.background(),
                config.delay()),
            meters,
            new TranslatorReports(telemetry, captions));
    AacEncoder encoder = new AacEncoder();
    SoundFormat format = encoder.format();
    RenderedSound lane =
        new RenderedSound(track, dubLine, encoder, clock, timeline, settings.isLive());
    PlayoutLoop playout = new PlayoutLoop(pictures, lane, clock, settings.isLive(), output);
    Source source =
        Source.decoding(
            settings,
            timeline,
            pictures,
            track,
            dubLine,
            lane,
            playout::queued,
            listener,
            telemetry);
    control.accept(dubLine);
    dubLine.start();
    return new MediaPath(
        source, playout, pictures, new PacketDelayLine(0), lane, dubLine, Optional.of(format));
  }

  private static PacketDelayLine delayLine(DubConfig config) {
    long seconds = config.delay().most().plus(BURST).toSeconds() + 1;
    return new PacketDelayLine(seconds * MAX_BITS_PER_SECOND / 8);
  }

  SlotCounts slots() {
    return dubLine == null ? SlotCounts.ZERO : dubLine.counts();
  }

  /** The translator's condition; empty if it has said nothing, or there is none. */
  Optional<Health> translatorHealth() {
    return dubLine == null ? Optional.empty() : dubLine.health();
  }

  /** What becomes of the original under a dub now; empty if the sound is copied. */
  Optional<BackgroundMode> background() {
    return dubLine == null ? Optional.empty() : Optional.of(dubLine.background());
  }

  /** Frees everything; only once no thread uses it any more. */
  @Override
  public void close() {
    pictures.close();
    copiedSound.close();
    if (dubLine != null) {
      dubLine.close();
    }
    soundLane.close();
  }
}
