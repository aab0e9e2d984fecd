package dev.livedub.testkit.measure;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.FrameGrabber;

/** Opens files for their sound, without a word on standard error. */
final class SoundGrabber {

  private SoundGrabber() {}

  /** A grabber of interleaved floats that has been started; the caller closes it. */
  static FFmpegFrameGrabber start(Path file) throws FrameGrabber.Exception {
    avutil.av_log_set_level(avutil.AV_LOG_WARNING);
    FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(file.toFile());
    // Otherwise it asks for a format of pictures, and complains that it does not get it.
    grabber.setImageMode(FrameGrabber.ImageMode.RAW);
    grabber.setSampleMode(FrameGrabber.SampleMode.FLOAT);
    grabber.start();
    return grabber;
  }
}
