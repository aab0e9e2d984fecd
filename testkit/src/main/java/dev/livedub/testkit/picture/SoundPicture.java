package dev.livedub.testkit.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/**
 * Sounds one below the other on one axis of time, each as waveform and spectrogram, saved as PNG.
 *
 * <p><b>Threading:</b> not for use by several threads.
 */
public final class SoundPicture {

  private static final int WIDTH = 1_400;
  private static final int LEFT = 90;
  private static final int RIGHT = 40;
  private static final int TOP = 40;
  private static final int WAVE_HEIGHT = 90;
  private static final int SPECTRUM_HEIGHT = 170;
  private static final int GAP = 40;
  private static final int TITLE_POINTS = 16;
  private static final int LABEL_POINTS = 12;

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
    BufferedImage image = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, WIDTH, height);
    graphics.setColor(Color.BLACK);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, TITLE_POINTS));
    graphics.drawString(title, LEFT, TOP - 16);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, LABEL_POINTS));
    int y = TOP;
    for (Sound sound : sounds) {
      graphics.setColor(Color.BLACK);
      graphics.drawString(sound.name(), 8, y + WAVE_HEIGHT / 2);
      waveform(graphics, sound.mono(), y);
      Spectrogram.draw(
          image, sound.mono(), sampleRateHz, LEFT, y + WAVE_HEIGHT, plotWidth(), SPECTRUM_HEIGHT);
      scale(graphics, y);
      y += WAVE_HEIGHT + SPECTRUM_HEIGHT + GAP;
    }
    moments(graphics, y);
    graphics.dispose();
    ImageIO.write(image, "png", png.toFile());
  }

  private static int plotWidth() {
    return WIDTH - LEFT - RIGHT;
  }

  private double seconds() {
    return sounds.stream().mapToInt(sound -> sound.mono().length).max().orElse(1)
        / (double) sampleRateHz;
  }

  private void waveform(Graphics2D graphics, float[] mono, int top) {
    int middle = top + WAVE_HEIGHT / 2;
    graphics.setColor(new Color(0x20, 0x50, 0x90));
    for (int x = 0; x < plotWidth(); x++) {
      int from = (int) ((long) x * mono.length / plotWidth());
      int to = Math.max(from + 1, (int) ((x + 1L) * mono.length / plotWidth()));
      float low = 0;
      float high = 0;
      for (int i = from; i < Math.min(to, mono.length); i++) {
        low = Math.min(low, mono[i]);
        high = Math.max(high, mono[i]);
      }
      int half = WAVE_HEIGHT / 2 - 4;
      graphics.drawLine(
          LEFT + x, middle - Math.round(high * half), LEFT + x, middle - Math.round(low * half));
    }
  }

  private void scale(Graphics2D graphics, int top) {
    graphics.setColor(Color.DARK_GRAY);
    graphics.drawRect(LEFT, top, plotWidth(), WAVE_HEIGHT + SPECTRUM_HEIGHT);
    graphics.drawString("0 dBFS", LEFT - 50, top + 10);
    for (int kilohertz = 0; kilohertz <= Spectrogram.TOP_HZ / 1_000; kilohertz += 4) {
      int y =
          top
              + WAVE_HEIGHT
              + SPECTRUM_HEIGHT
              - kilohertz * 1_000 * SPECTRUM_HEIGHT / Spectrogram.TOP_HZ;
      graphics.drawLine(LEFT - 4, y, LEFT, y);
      graphics.drawString(kilohertz + " kHz", LEFT - 50, Math.min(y + 4, top + 258));
    }
    double step = seconds() > 12 ? 2 : seconds() > 3 ? 0.5 : 0.1;
    int bottom = top + WAVE_HEIGHT + SPECTRUM_HEIGHT;
    for (double at = Math.ceil(fromSeconds / step) * step;
        at <= fromSeconds + seconds();
        at += step) {
      int x = x(at);
      graphics.drawLine(x, bottom, x, bottom + 4);
      graphics.drawString(String.format(Locale.ROOT, "%.1f s", at), x - 14, bottom + 18);
    }
  }

  private void moments(Graphics2D graphics, int bottom) {
    graphics.setStroke(
        new BasicStroke(
            1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 0, new float[] {6, 4}, 0));
    graphics.setColor(new Color(0xD0, 0x20, 0x20));
    int row = 0;
    for (Moment moment : moments) {
      int x = x(moment.seconds());
      graphics.drawLine(x, TOP, x, bottom - GAP);
      graphics.drawString(moment.name(), Math.min(x + 3, WIDTH - 150), bottom + 12 * (row++ % 2));
    }
  }

  private int x(double seconds) {
    return LEFT + (int) Math.round((seconds - fromSeconds) / seconds() * plotWidth());
  }
}
