package dev.livedub.media.rtp;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * AAC in RTP (RFC 3640, 3.2): access units behind a section of headers with their sizes; one that
 * is longer than a packet comes in several. Of the headers' fields only size and index may be
 * there; with others, a session is not {@linkplain #reads taken}.
 */
final class AacUnpacker implements Unpacker {

  private static final int MAX_FIELD_BITS = 16;

  /** More in a header, or an order that is not the packets'. */
  private static final List<String> NOT_READ =
      List.of(
          "ctsdeltalength",
          "dtsdeltalength",
          "randomaccessindication",
          "streamstateindication",
          "auxiliarydatasizelength",
          "constantsize");

  private final Output output;
  private final Assembly assembly = new Assembly();
  private final int sizeBits;
  private final int firstHeaderBits;
  private final int headerBits;
  private int missingBytes;
  private int rtpTimeOfPart;

  AacUnpacker(PayloadFormat format, Output output) {
    this.output = output;
    sizeBits = format.number("sizelength");
    firstHeaderBits = sizeBits + format.number("indexlength");
    headerBits = sizeBits + format.number("indexdeltalength");
  }

  /** Whether a session of this format can be read. */
  static boolean reads(PayloadFormat format) {
    int size = format.number("sizelength");
    int index = format.number("indexlength");
    int delta = format.number("indexdeltalength");
    return format.parameters().getOrDefault("mode", "").matches("(?i)AAC-[hl]br")
        && size > 0
        && size <= MAX_FIELD_BITS
        && Math.min(index, delta) >= 0
        && Math.max(index, delta) <= MAX_FIELD_BITS
        && NOT_READ.stream().allMatch(name -> format.number(name) == 0);
  }

  @Override
  public void accept(
      ByteBuffer buffer, int at, int sizeBytes, boolean marker, int rtpTime, boolean afterGap) {
    int end = at + sizeBytes;
    int headersBits = sizeBytes < 2 ? 0 : buffer.getShort(at) & 0xFFFF;
    int dataAt = at + 2 + (headersBits + 7) / 8;
    if (afterGap || rtpTime != rtpTimeOfPart) {
      missingBytes = 0;
    }
    if (headersBits < firstHeaderBits || dataAt >= end) {
      return;
    }
    int firstBytes = bits(buffer, (at + 2) * 8L, sizeBits);
    if (missingBytes > 0 || firstBytes > end - dataAt) {
      part(buffer, dataAt, end - dataAt, firstBytes, rtpTime);
    } else {
      whole(buffer, (at + 2) * 8L, headersBits, dataAt, end, rtpTime);
    }
  }

  private void whole(
      ByteBuffer buffer, long headersAt, int headersBits, int dataAt, int end, int rtpTime) {
    int at = dataAt;
    int bit = 0;
    while (bit + (bit == 0 ? firstHeaderBits : headerBits) <= headersBits) {
      int unitBytes = bits(buffer, headersAt + bit, sizeBits);
      if (unitBytes > end - at) {
        return;
      }
      if (unitBytes > 0) {
        assembly.clear();
        assembly.put(buffer, at, unitBytes);
        output.accept(assembly.array(), unitBytes, true, bit == 0, rtpTime, 0);
      }
      at += unitBytes;
      bit += bit == 0 ? firstHeaderBits : headerBits;
    }
  }

  private void part(ByteBuffer buffer, int at, int partBytes, int unitBytes, int rtpTime) {
    if (missingBytes == 0) {
      assembly.clear();
      missingBytes = unitBytes;
      rtpTimeOfPart = rtpTime;
    }
    int takenBytes = Math.min(partBytes, missingBytes);
    assembly.put(buffer, at, takenBytes);
    missingBytes -= takenBytes;
    if (missingBytes == 0) {
      output.accept(assembly.array(), assembly.sizeBytes(), true, true, rtpTime, 0);
    }
  }

  /** A number of up to 16 bits, the highest first. */
  private static int bits(ByteBuffer buffer, long firstBit, int count) {
    int number = 0;
    for (long bit = firstBit; bit < firstBit + count; bit++) {
      int one = buffer.get((int) (bit >> 3)) >> (7 - (bit & 7)) & 1;
      number = number << 1 | one;
    }
    return number;
  }

  @Override
  public void finish() {
    // Nothing that is complete waits.
  }
}
