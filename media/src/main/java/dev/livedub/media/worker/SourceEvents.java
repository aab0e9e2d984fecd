package dev.livedub.media.worker;

import dev.livedub.core.config.DubConfig;
import dev.livedub.core.worker.WorkerStatus.State;
import dev.livedub.media.ffmpeg.MediaException;
import dev.livedub.media.ffmpeg.OutputTarget;
import dev.livedub.media.ffmpeg.PictureFormat;
import dev.livedub.media.ffmpeg.SoundFormat;
import dev.livedub.media.source.SourceListener;
import dev.livedub.media.telemetry.Telemetry;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Turns what the source meets with into the worker's steps: outputs and playout start with it. */
final class SourceEvents implements SourceListener {

  /** How far a source that is not live may run ahead of the playout. */
  private static final int MAX_AHEAD_PACKETS = 500;

  private static final double MAX_AHEAD_SOUND_MILLIS = 3_000;

  private final DubConfig config;
  private final Outputs outputs;
  private final Telemetry telemetry;
  private final BiConsumer<State, String> states;
  private @Nullable MediaPath path;
  private @Nullable Runnable startPlayout;

  SourceEvents(
      DubConfig config, Outputs outputs, Telemetry telemetry, BiConsumer<State, String> states) {
    this.config = config;
    this.outputs = outputs;
    this.telemetry = telemetry;
    this.states = states;
  }

  /** Says what to start when the input is connected for the first time. */
  void startsPlayout(MediaPath itsPath, Runnable start) {
    path = itsPath;
    startPlayout = start;
  }

  @Override
  public void checkFormats(Optional<PictureFormat> picture, Optional<SoundFormat> sound)
      throws MediaException {
    MediaPath known = path;
    boolean copied = known != null && known.encodedSound().isEmpty();
    if (copied && sound.isPresent()) {
      for (String url : config.outputs()) {
        OutputTarget.of(url).checkCarries(sound.get());
      }
    }
  }

  @Override
  public void connected(Optional<PictureFormat> picture, Optional<SoundFormat> sound) {
    Runnable start = startPlayout;
    if (start != null && path != null) {
      startPlayout = null;
      Optional<SoundFormat> out = path.encodedSound().isPresent() ? path.encodedSound() : sound;
      outputs.start(picture, out);
      start.run();
    }
    states.accept(State.RUNNING, "input connected");
  }

  @Override
  public void lost(String reason) {
    states.accept(State.INPUT_LOST, reason);
  }

  @Override
  public boolean hasRoom() {
    MediaPath known = path;
    return !config.fast()
        || known == null
        || (known.pictures().size() <= MAX_AHEAD_PACKETS
            && known.soundLane().heldMillis() <= MAX_AHEAD_SOUND_MILLIS);
  }
}
