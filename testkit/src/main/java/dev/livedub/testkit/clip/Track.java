package dev.livedub.testkit.clip;

import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;

/** One elementary stream of a clip, made unit by unit in decoding order. */
interface Track extends AutoCloseable {

  /** The next unit; empty once the clip's end is reached, and from then on. */
  Optional<AccessUnit> next();

  /** Fills in the codec parameters of a muxer's stream. */
  void describe(AVCodecParameters parameters);

  /** Ticks a second of the units' times. */
  int clockHz();

  @Override
  void close();
}
