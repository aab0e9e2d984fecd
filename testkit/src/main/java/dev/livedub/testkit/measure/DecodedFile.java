package dev.livedub.testkit.measure;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;

/**
 * A recorded file, decoded: how bright each picture is, and all the sound. For files of seconds,
 * not of hours. Threading: immutable.
 *
 * @param pictures in the order shown
 * @param sound one segment for sound without gaps
 */
public record DecodedFile(List<Picture> pictures, List<PcmSegment> sound) {

  /**
   * A shown picture.
   *
   * @param ptsMicros its PTS
   * @param meanLuma mean of luma in full range, 0 to 255
   */
  public record Picture(long ptsMicros, double meanLuma) {}

  public DecodedFile {
    pictures = List.copyOf(pictures);
    sound = List.copyOf(sound);
  }

  /** Decodes a file; what cannot be decoded is an {@link IllegalStateException}. */
  public static DecodedFile read(Path file) {
    List<Picture> pictures = new ArrayList<>();
    try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(file.toFile())) {
      grabber.setPixelFormat(avutil.AV_PIX_FMT_GRAY8);
      grabber.setSampleMode(FrameGrabber.SampleMode.FLOAT);
      grabber.start();
      PcmCollector pcm = new PcmCollector(grabber.getSampleRate());
      for (Frame frame = grabber.grab(); frame != null; frame = grabber.grab()) {
        if (frame.image != null) {
          pictures.add(new Picture(frame.timestamp, meanLuma(frame)));
        } else if (frame.samples != null) {
          pcm.add(frame.timestamp, (FloatBuffer) frame.samples[0], frame.audioChannels);
        }
      }
      return new DecodedFile(pictures, pcm.segments());
    } catch (FrameGrabber.Exception e) {
      throw new IllegalStateException("cannot decode " + file.getFileName(), e);
    }
  }

  private static double meanLuma(Frame frame) {
    ByteBuffer luma = (ByteBuffer) frame.image[0];
    long sum = 0;
    for (int y = 0; y < frame.imageHeight; y++) {
      for (int x = 0; x < frame.imageWidth; x++) {
        sum += luma.get(y * frame.imageStride + x) & 0xFF;
      }
    }
    return (double) sum / frame.imageHeight / frame.imageWidth;
  }
}
