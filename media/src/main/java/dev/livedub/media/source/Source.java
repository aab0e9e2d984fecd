package dev.livedub.media.source;

import dev.livedub.core.dub.DubLine;
import dev.livedub.core.timeline.SoundTrack;
import dev.livedub.core.timeline.StreamKind;
import dev.livedub.core.timeline.TimelineMapper;
import dev.livedub.media.ffmpeg.MediaException;
import dev.livedub.media.playout.PacketDelayLine;
import dev.livedub.media.playout.RenderedSound;
import dev.livedub.media.telemetry.Telemetry;
import java.util.OptionalDouble;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The way in: from the input's socket to the delay line and the sound track.
 *
 * <p><b>Threading:</b> {@link #run} is the demux thread; {@link #stop} and {@link
 * #avSyncDeltaMillis} may be called by any.
 */
public final class Source {

  private final InputLoop loop;
  private final MediaIntake pictures;
  private final MediaIntake sound;
  private final TimelineMapper timeline;
  private final @Nullable DecodedSoundIntake decoded;

  private Source(InputLoop loop, MediaIntake pictures, MediaIntake sound, TimelineMapper timeline) {
    this.loop = loop;
    this.pictures = pictures;
    this.sound = sound;
    this.timeline = timeline;
    this.decoded = sound instanceof DecodedSoundIntake intake ? intake : null;
  }

  /**
   * A source whose sound is copied.
   *
   * @param queued told the output time of whatever was queued
   */
  public static Source copying(
      SourceSettings settings,
      TimelineMapper timeline,
      PacketDelayLine pictureLine,
      PacketDelayLine soundLine,
      LongConsumer queued,
      SourceListener listener,
      Telemetry telemetry) {
    Opening opening = new Opening();
    MediaIntake pictures = new PictureIntake(timeline, pictureLine, telemetry, queued);
    MediaIntake sound = new CopiedSoundIntake(timeline, opening, soundLine, telemetry, queued);
    return new Source(
        new InputLoop(settings, timeline, opening, pictures, sound, listener, telemetry),
        pictures,
        sound,
        timeline);
  }

  /**
   * A source whose sound is decoded.
   *
   * @param queued told the output time of whatever was queued
   */
  public static Source decoding(
      SourceSettings settings,
      TimelineMapper timeline,
      PacketDelayLine pictureLine,
      SoundTrack track,
      DubLine dubLine,
      RenderedSound lane,
      LongConsumer queued,
      SourceListener listener,
      Telemetry telemetry) {
    Opening opening = new Opening();
    MediaIntake pictures = new PictureIntake(timeline, pictureLine, telemetry, queued);
    MediaIntake sound =
        new DecodedSoundIntake(timeline, opening, track, dubLine, lane, telemetry, queued);
    return new Source(
        new InputLoop(settings, timeline, opening, pictures, sound, listener, telemetry),
        pictures,
        sound,
        timeline);
  }

  /**
   * Reads until the input ends or {@link #stop} is called.
   *
   * @throws MediaException if the input cannot be had, or cannot be had again
   */
  public void run() throws MediaException {
    try {
      loop.run();
      sound.finish();
    } finally {
      pictures.close();
      sound.close();
    }
  }

  /** Ends {@link #run} soon, whatever it is doing. */
  public void stop() {
    loop.stop();
  }

  /** Sound's output time minus the picture's, both against the source; empty until both flow. */
  public OptionalDouble avSyncDeltaMillis() {
    boolean both =
        timeline.expectedMicros(StreamKind.AUDIO).isPresent()
            && timeline.expectedMicros(StreamKind.VIDEO).isPresent();
    if (!both) {
      return OptionalDouble.empty();
    }
    double apartMillis =
        (timeline.offsetMicros(StreamKind.AUDIO) - timeline.offsetMicros(StreamKind.VIDEO)) / 1e3;
    return OptionalDouble.of(apartMillis + (decoded == null ? 0 : decoded.lagMillis()));
  }
}
