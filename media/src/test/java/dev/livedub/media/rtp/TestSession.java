package dev.livedub.media.rtp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A demuxer, RTP packets for it, and what comes out. */
final class TestSession {

  private static final int HEAD_BYTES = 12;
  private static final long BEGINNING = 1L << 62;

  /** What came out. */
  record Unit(int track, byte[] bytes, boolean keyframe, long ptsMicros, long durationMicros) {
    @Override
    public String toString() {
      return "track %d at %d µs: %s".formatted(track, ptsMicros, Arrays.toString(bytes));
    }
  }

  final List<Unit> units = new ArrayList<>();
  final RtpDemuxer demuxer;
  private final int[] sequences = new int[4];

  TestSession(String... sections) {
    demuxer =
        new RtpDemuxer(
            "v=0\r\ns=-\r\n" + String.join("", sections),
            (track, bytes, sizeBytes, keyframe, ptsMicros, durationMicros) ->
                units.add(
                    new Unit(
                        track,
                        Arrays.copyOf(bytes, sizeBytes),
                        keyframe,
                        ptsMicros,
                        durationMicros)));
    for (int i = 0; i < sections.length; i++) {
      report(i, BEGINNING, 0);
      sequences[i] = 0xFFF0;
    }
  }

  static String section(String media, String map, String parameters) {
    return "m=%s 0 RTP/AVP 96\r\na=rtpmap:96 %s\r\na=fmtp:96 %s\r\n"
        .formatted(media, map, parameters);
  }

  static String h264() {
    return section("video", "H264/90000", "packetization-mode=1");
  }

  static String h265() {
    return section("video", "H265/90000", "sprop-max-don-diff=0");
  }

  static String aac() {
    return section(
        "audio",
        "MPEG4-GENERIC/48000/2",
        "profile-level-id=1; mode=AAC-hbr; sizeLength=13; indexLength=3; indexDeltaLength=3");
  }

  /** A sender report, by which {@code rtpTime} was so much after the beginning. */
  void reportLater(int track, int millis, int rtpTime) {
    report(track, BEGINNING + (((long) millis << 32) / 1_000), rtpTime);
  }

  private void report(int track, long time, int rtpTime) {
    ByteBuffer packet = ByteBuffer.allocate(28);
    packet.putInt(0x80C80006).putInt(track + 1).putLong(time).putInt(rtpTime);
    demuxer.accept(packet, 0, 28);
  }

  /** Leaves a packet out. */
  void lose(int track) {
    sequences[track]++;
  }

  /** An RTP packet. */
  void send(int track, boolean marker, int rtpTime, byte... payload) {
    ByteBuffer packet = ByteBuffer.allocate(3 + HEAD_BYTES + payload.length);
    packet.position(3);
    packet.put((byte) 0x80).put((byte) (marker ? 0xE0 : 0x60)).putShort((short) sequences[track]++);
    packet.putInt(rtpTime).putInt(track + 1).put(payload);
    demuxer.accept(packet, 3, HEAD_BYTES + payload.length);
  }

  /** The same with an extension, a contributing source and padding, which mean nothing here. */
  void sendAdorned(int track, boolean marker, int rtpTime, byte... payload) {
    ByteBuffer packet = ByteBuffer.allocate(HEAD_BYTES + 4 + 8 + payload.length + 3);
    packet.put((byte) 0xB1).put((byte) (marker ? 0xE0 : 0x60)).putShort((short) sequences[track]++);
    packet.putInt(rtpTime).putInt(track + 1).putInt(0xABCD);
    packet.putShort((short) 0xBEDE).putShort((short) 1).putInt(-1);
    packet.put(payload).put(new byte[] {0, 0, 3});
    demuxer.accept(packet, 0, packet.capacity());
  }

  /** NAL units in Annex B form. */
  static byte[] annexB(byte[]... units) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] unit : units) {
      bytes.writeBytes(new byte[] {0, 0, 0, 1});
      bytes.writeBytes(unit);
    }
    return bytes.toByteArray();
  }

  static byte[] bytes(int... numbers) {
    byte[] bytes = new byte[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      bytes[i] = (byte) numbers[i];
    }
    return bytes;
  }

  List<byte[]> payloads() {
    return units.stream().map(Unit::bytes).toList();
  }

  List<Long> times() {
    return units.stream().map(Unit::ptsMicros).toList();
  }
}
