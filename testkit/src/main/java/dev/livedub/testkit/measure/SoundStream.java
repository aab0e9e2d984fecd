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

  /** Hears a file, channel by channel. */
  @FunctionalInterface
  public interface ChannelListener {

    /**
     * A frame was decoded.
     *
     * @param interleaved a sample of each channel in turn, from -1 to 1
     */
    void heard(long ptsMicros, float[] interleaved, int channels, int sampleRateHz);
  }

  /** Decodes a file, also one still being written; what is broken is an IllegalStateException. */
  public static void read(Path file, Listener listener) {
    readChannels(
        file,
        (ptsMicros, interleaved, channels, sampleRateHz) ->
            listener.heard(ptsMicros, mono(interleaved, channels), sampleRateHz));
  }

  /** The same with each channel by itself. */
  public static void readChannels(Path file, ChannelListener listener) {
    try (FFmpegFrameGrabber grabber = SoundGrabber.start(file)) {
      for (Frame f = grabber.grabSamples(); f != null; f = grabber.grabSamples()) {
        FloatBuffer samples = (FloatBuffer) f.samples[0];
        float[] interleaved = new float[samples.limit()];
        samples.get(0, interleaved);
        listener.heard(f.timestamp, interleaved, f.audioChannels, grabber.getSampleRate());
      }
    } catch (FrameGrabber.Exception e) {
      throw new IllegalStateException("cannot decode " + file.getFileName(), e);
    }
  }

  private static float[] mono(float[] interleaved, int channels) {
    float[] mono = new float[interleaved.length / channels];
    for (int i = 0; i < mono.length; i++) {
      float sum = 0;
      for (int c = 0; c < channels; c++) {
        sum += interleaved[i * channels + c];
      }
      mono[i] = sum / channels;
    }
    return mono;
  }
}
