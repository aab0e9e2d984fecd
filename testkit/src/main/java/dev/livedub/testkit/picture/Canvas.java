package dev.livedub.testkit.picture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/**
 * Pixels to draw on, saved as PNG (W3C Recommendation, second edition). Needs nothing of Java's
 * desktop. Colours are {@code 0xRRGGBB}; what lies outside is left out.
 *
 * <p><b>Threading:</b> not for use by several threads.
 */
final class Canvas {

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final int BITS = 8;
  private static final int TRUECOLOUR = 2;

  private final int width;
  private final int height;
  private final int[] pixels;

  /** A canvas of one colour. */
  Canvas(int width, int height, int colour) {
    this.width = width;
    this.height = height;
    pixels = new int[width * height];
    Arrays.fill(pixels, colour);
  }

  void set(int x, int y, int colour) {
    if (x >= 0 && x < width && y >= 0 && y < height) {
      pixels[y * width + x] = colour;
    }
  }

  /** Fills a rectangle. */
  void fill(int left, int top, int columns, int rows, int colour) {
    for (int y = top; y < top + rows; y++) {
      for (int x = left; x < left + columns; x++) {
        set(x, y, colour);
      }
    }
  }

  /** Draws the border of a rectangle. */
  void frame(int left, int top, int columns, int rows, int colour) {
    fill(left, top, columns + 1, 1, colour);
    fill(left, top + rows, columns + 1, 1, colour);
    fill(left, top, 1, rows + 1, colour);
    fill(left + columns, top, 1, rows + 1, colour);
  }

  /**
   * Writes a line of text.
   *
   * @param scale pixels a side of each of the letters' dots
   */
  void text(String text, int left, int top, int scale, int colour) {
    for (int i = 0; i < text.length(); i++) {
      for (int y = 0; y < PixelFont.HEIGHT; y++) {
        for (int x = 0; x < PixelFont.WIDTH; x++) {
          if (PixelFont.isSet(text.charAt(i), x, y)) {
            int at = left + (i * PixelFont.ADVANCE + x) * scale;
            fill(at, top + y * scale, scale, scale, colour);
          }
        }
      }
    }
  }

  /** Saves it. */
  void save(Path png) throws IOException {
    try (OutputStream out = Files.newOutputStream(png)) {
      out.write(SIGNATURE);
      ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
      header.put((byte) BITS).put((byte) TRUECOLOUR);
      chunk(out, "IHDR", header.array());
      chunk(out, "IDAT", deflated());
      chunk(out, "IEND", new byte[0]);
    }
  }

  private byte[] deflated() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
      byte[] row = new byte[1 + 3 * width];
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int colour = pixels[y * width + x];
          row[1 + 3 * x] = (byte) (colour >> 16);
          row[2 + 3 * x] = (byte) (colour >> 8);
          row[3 + 3 * x] = (byte) colour;
        }
        out.write(row);
      }
    }
    return bytes.toByteArray();
  }

  private static void chunk(OutputStream out, String type, byte[] data) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 checksum = new CRC32();
    checksum.update(name);
    checksum.update(data);
    out.write(ByteBuffer.allocate(4).putInt(data.length).array());
    out.write(name);
    out.write(data);
    out.write(ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array());
  }
}
