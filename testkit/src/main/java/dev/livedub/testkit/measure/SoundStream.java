package dev.livedub.testkit.measure;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;

/**
 * The sound of a recorded file, frame by frame, for files of hours.
 *
 * <p><b>Threading</b>: everything on the caller's thread.
 */
public final class SoundStream {

  private SoundStream() {}

  /** Hears a file. */
  @FunctionalInterface
  public interface Listener {

    /**
     * A frame was decoded.
     *
     * @param mono the mean of the channels, from -1 to 1
     */
    void heard(long ptsMicros, float[] mono, int sampleRateHz);
  }

  /** Decodes a file, also one still being written; what is broken is an IllegalStateException. */
  public static void read(Path file, Listener listener) {
    try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(file.toFile())) {
      grabber.setSampleMode(FrameGrabber.SampleMode.FLOAT);
      grabber.start();
      for (Frame f = grabber.grabSamples(); f != null; f = grabber.grabSamples()) {
        float[] mono = mono((FloatBuffer) f.samples[0], f.audioChannels);
        listener.heard(f.timestamp, mono, grabber.getSampleRate());
      }
    } catch (FrameGrabber.Exception e) {
      throw new IllegalStateException("cannot decode " + file.getFileName(), e);
    }
  }

  private static float[] mono(FloatBuffer interleaved, int channels) {
    float[] mono = new float[interleaved.limit() / channels];
    for (int i = 0; i < mono.length; i++) {
      float sum = 0;
      for (int c = 0; c < channels; c++) {
        sum += interleaved.get(i * channels + c);
      }
      mono[i] = sum / channels;
    }
    return mono;
  }
}
