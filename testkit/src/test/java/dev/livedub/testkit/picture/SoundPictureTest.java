package dev.livedub.testkit.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of sound, read by Java's own reader of PNG. */
class SoundPictureTest {

  private static final int RATE_HZ = 48_000;
  private static final int LEFT = 100;
  private static final int RIGHT = 60;
  private static final int WAVE_TOP = 46;
  private static final int WAVE_HEIGHT = 90;
  private static final int SPECTRUM_HEIGHT = 170;
  private static final int BLUE = 0xFF205090;

  @TempDir Path directory;

  @Test
  void save_silenceThenTone_showsWhenAndHowHighItIs() throws IOException {
    float[] sound = new float[2 * RATE_HZ];
    for (int i = RATE_HZ; i < sound.length; i++) {
      sound[i] = (float) (0.5 * Math.sin(2 * Math.PI * 6_000 * i / RATE_HZ));
    }
    Path png = directory.resolve("tone.png");
    new SoundPicture("a tone", RATE_HZ, 0).sound("tone", sound).moment("begins", 1).save(png);
    BufferedImage image = ImageIO.read(png.toFile());
    int quarter = (image.getWidth() - LEFT - RIGHT) / 4;

    assertThat(blueRows(image, LEFT + quarter)).isEqualTo(1);
    assertThat(blueRows(image, LEFT + 3 * quarter)).isBetween(36, 46);
    int middle = WAVE_TOP + WAVE_HEIGHT + SPECTRUM_HEIGHT / 2;
    assertThat(brightness(image, LEFT + 3 * quarter, middle)).as("6 of 12 kHz").isGreaterThan(350);
    assertThat(brightness(image, LEFT + 3 * quarter, middle - 60)).isLessThan(100);
    assertThat(brightness(image, LEFT + quarter, middle)).isLessThan(100);
  }

  @Test
  void isSet_letterWithoutShape_isQuestionMark() {
    assertThat(PixelFont.isSet('\u20AC', 1, 0)).isEqualTo(PixelFont.isSet('?', 1, 0)).isTrue();
    assertThat(PixelFont.isSet('L', 0, 0)).isTrue();
    assertThat(PixelFont.isSet('L', 4, 0)).isFalse();
  }

  private static int blueRows(BufferedImage image, int x) {
    int rows = 0;
    for (int y = WAVE_TOP; y < WAVE_TOP + WAVE_HEIGHT; y++) {
      rows += image.getRGB(x, y) == BLUE ? 1 : 0;
    }
    return rows;
  }

  /** The brightest of some rows, as the sum of three colours. */
  private static int brightness(BufferedImage image, int x, int y) {
    int brightest = 0;
    for (int row = y - 3; row <= y + 3; row++) {
      int rgb = image.getRGB(x, row);
      brightest = Math.max(brightest, (rgb >> 16 & 0xFF) + (rgb >> 8 & 0xFF) + (rgb & 0xFF));
    }
    return brightest;
  }
}
