package dev.livedub.testkit.measure;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
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
   * @param meanLuma mean of luma as coded: usually 16 is black and 235 white
   * @param width luma samples
   * @param height luma samples
   */
  public record Picture(long ptsMicros, double meanLuma, int width, int height) {}

  public DecodedFile {
    pictures = List.copyOf(pictures);
    sound = List.copyOf(sound);
  }

  /** Decodes the pictures of a file, also of a long one. */
  public static List<Picture> readPictures(Path file) {
    return PictureReader.read(file);
  }

  /** Decodes a file; what cannot be decoded is an {@link IllegalStateException}. */
  public static DecodedFile read(Path file) {
    List<Picture> pictures = PictureReader.read(file);
    try (FFmpegFrameGrabber grabber = SoundGrabber.start(file)) {
      PcmCollector pcm = new PcmCollector(grabber.getSampleRate());
      for (Frame f = grabber.grabSamples(); f != null; f = grabber.grabSamples()) {
        pcm.add(f.timestamp, (FloatBuffer) f.samples[0], f.audioChannels);
      }
      return new DecodedFile(pictures, pcm.segments());
    } catch (FrameGrabber.Exception e) {
      throw new IllegalStateException("cannot decode " + file.getFileName(), e);
    }
  }
}
