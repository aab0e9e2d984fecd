package dev.livedub.testkit.picture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Sounds one below the other on one axis of time, each as waveform and spectrogram, saved as PNG.
 *
 * <p><b>Threading:</b> not for use by several threads.
 */
public final class SoundPicture {

  private static final int WIDTH = 1_400;
  private static final int LEFT = 100;
  private static final int RIGHT = 60;
  private static final int TOP = 46;
  private static final int WAVE_HEIGHT = 90;
  private static final int SPECTRUM_HEIGHT = 170;
  private static final int GAP = 46;
  private static final int TITLE_SCALE = 3;
  private static final int LABEL_SCALE = 2;
  private static final int LABEL_HEIGHT = LABEL_SCALE * PixelFont.HEIGHT;
  private static final int DASH = 8;

  private static final int WHITE = 0xFFFFFF;
  private static final int BLACK = 0x202020;
  private static final int BLUE = 0x205090;
  private static final int RED = 0xD02020;

  private final String title;
  private final int sampleRateHz;
  private final double fromSeconds;
  private final List<Sound> sounds = new ArrayList<>();
  private final List<Moment> moments = new ArrayList<>();

  private record Sound(String name, float[] mono) {}

  private record Moment(String name, double seconds) {}

  /**
   * A picture of nothing.
   *
   * @param fromSeconds time of the first sample, for the axis
   */
  public SoundPicture(String title, int sampleRateHz, double fromSeconds) {
    this.title = title;
    this.sampleRateHz = sampleRateHz;
    this.fromSeconds = fromSeconds;
  }

  /** Adds a sound below the others; samples from -1 to 1. */
  public SoundPicture sound(String name, float[] mono) {
    sounds.add(new Sound(name, mono));
    return this;
  }

  /** Marks a moment in all of them. */
  public SoundPicture moment(String name, double seconds) {
    moments.add(new Moment(name, seconds));
    return this;
  }

  /** Writes the picture. */
  public void save(Path png) throws IOException {
    int height = TOP + sounds.size() * (WAVE_HEIGHT + SPECTRUM_HEIGHT + GAP) + GAP;
    Canvas canvas = new Canvas(WIDTH, height, WHITE);
    canvas.text(title, LEFT, 12, TITLE_SCALE, BLACK);
    int y = TOP;
    for (Sound sound : sounds) {
      label(canvas, sound.name(), y + WAVE_HEIGHT / 2 - LABEL_HEIGHT / 2);
      waveform(canvas, sound.mono(), y);
      Spectrogram.draw(
          canvas, sound.mono(), sampleRateHz, LEFT, y + WAVE_HEIGHT, plotWidth(), SPECTRUM_HEIGHT);
      scale(canvas, y);
      y += WAVE_HEIGHT + SPECTRUM_HEIGHT + GAP;
    }
    moments(canvas, y);
    canvas.save(png);
  }

  /** Writes beside the plot, up to its edge. */
  private static void label(Canvas canvas, String text, int top) {
    canvas.text(text, LEFT - 8 - width(text), top, LABEL_SCALE, BLACK);
  }

  private static int width(String text) {
    return text.length() * PixelFont.ADVANCE * LABEL_SCALE;
  }

  private static int plotWidth() {
    return WIDTH - LEFT - RIGHT;
  }

  private double seconds() {
    return sounds.stream().mapToInt(sound -> sound.mono().length).max().orElse(1)
        / (double) sampleRateHz;
  }

  private static void waveform(Canvas canvas, float[] mono, int top) {
    int middle = top + WAVE_HEIGHT / 2;
    int half = WAVE_HEIGHT / 2 - 4;
    for (int x = 0; x < plotWidth(); x++) {
      int from = (int) ((long) x * mono.length / plotWidth());
      int to = Math.max(from + 1, (int) ((x + 1L) * mono.length / plotWidth()));
      float low = 0;
      float high = 0;
      for (int i = from; i < Math.min(to, mono.length); i++) {
        low = Math.min(low, mono[i]);
        high = Math.max(high, mono[i]);
      }
      int highest = middle - Math.round(high * half);
      canvas.fill(LEFT + x, highest, 1, middle - Math.round(low * half) - highest + 1, BLUE);
    }
  }

  private void scale(Canvas canvas, int top) {
    canvas.frame(LEFT, top, plotWidth(), WAVE_HEIGHT + SPECTRUM_HEIGHT, BLACK);
    label(canvas, "0 dBFS", top);
    int bottom = top + WAVE_HEIGHT + SPECTRUM_HEIGHT;
    for (int kilohertz = 0; kilohertz <= Spectrogram.TOP_HZ / 1_000; kilohertz += 4) {
      int y = bottom - kilohertz * 1_000 * SPECTRUM_HEIGHT / Spectrogram.TOP_HZ;
      canvas.fill(LEFT - 5, y, 5, 1, BLACK);
      label(canvas, kilohertz + " kHz", Math.min(y - LABEL_HEIGHT / 2, bottom - LABEL_HEIGHT));
    }
    double step = seconds() > 12 ? 2 : seconds() > 3 ? 0.5 : 0.1;
    for (double at = Math.ceil(fromSeconds / step) * step;
        at <= fromSeconds + seconds();
        at += step) {
      String text = String.format(Locale.ROOT, "%.1f s", at);
      canvas.fill(x(at), bottom, 1, 6, BLACK);
      canvas.text(text, x(at) - width(text) / 2, bottom + 10, LABEL_SCALE, BLACK);
    }
  }

  private void moments(Canvas canvas, int bottom) {
    int row = 0;
    for (Moment moment : moments) {
      int x = x(moment.seconds());
      for (int y = TOP; y < bottom - GAP; y += 2 * DASH) {
        canvas.fill(x, y, 2, DASH, RED);
      }
      int left = Math.min(x + 3, WIDTH - width(moment.name()));
      int top = bottom - 12 + (LABEL_HEIGHT + 4) * (row++ % 2);
      canvas.text(moment.name(), left, top, LABEL_SCALE, RED);
    }
  }

  private int x(double seconds) {
    return LEFT + (int) Math.round((seconds - fromSeconds) / seconds() * plotWidth());
  }
}
