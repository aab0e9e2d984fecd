package dev.livedub.media.flv;

import dev.livedub.media.bitstream.NalUnits;
import dev.livedub.media.flv.TagWriter.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Makes tags of pictures: H.264 as FLV has it (E.4.3), H.265 by enhanced RTMP's extended header.
 *
 * <p>Call order: {@link #announce} before the first picture and whenever the parameter sets change,
 * {@link #write}…, {@link #end}. <b>Threading:</b> one thread.
 */
public final class PictureTags {

  private static final int KEYFRAME = 1 << 4;
  private static final int INTER_FRAME = 2 << 4;

  /** AVCPacketType and PacketType have the same numbers for these. */
  private static final int SEQUENCE_HEADER = 0;

  private static final int NAL_UNITS = 1;
  private static final int END_OF_SEQUENCE = 2;

  /** Enhanced RTMP: NAL units whose composition time is 0 and left out. */
  private static final int NAL_UNITS_AT_ONCE = 3;

  private static final int EXTENDED_HEADER = 0x80;
  private static final int MOST_BYTES = (1 << 24) - 1;

  private final PictureCodec codec;
  private final TagWriter out;
  private final ByteBuffer head = ByteBuffer.allocate(8);
  private final ByteBuffer length = ByteBuffer.allocate(NalUnits.LENGTH_BYTES);
  private final NalUnits units = new NalUnits();
  private boolean annexB;

  /** Tags of one elementary stream. */
  public PictureTags(PictureCodec codec, TagWriter out) {
    this.codec = codec;
    this.out = out;
  }

  /**
   * Sends parameter sets. The access units that follow have the same form: a length before each NAL
   * unit if the configuration is a record, start codes if it is Annex B.
   *
   * @param configuration an {@code avcC} or {@code hvcC} record, or Annex B
   * @throws FlvException if it cannot be read
   */
  public void announce(byte[] configuration, long atMillis) throws IOException {
    byte[] record = codec.record(configuration);
    annexB = !PictureCodec.isRecord(configuration);
    putHead(KEYFRAME, SEQUENCE_HEADER, 0);
    begin(atMillis, record.length);
    out.fill(ByteBuffer.wrap(record));
  }

  /**
   * Sends one access unit, all of its NAL units as they are.
   *
   * @param borrowed valid during the call
   * @param dtsMillis when it is decoded
   * @param compositionMillis how much later it is shown: PTS − DTS, 24 bits with sign
   */
  public void write(ByteBuffer borrowed, boolean keyframe, long dtsMillis, int compositionMillis)
      throws IOException {
    putHead(keyframe ? KEYFRAME : INTER_FRAME, NAL_UNITS, compositionMillis);
    if (annexB) {
      writeAnnexB(borrowed, dtsMillis);
    } else {
      begin(dtsMillis, borrowed.remaining());
      out.fill(borrowed);
    }
  }

  private void writeAnnexB(ByteBuffer accessUnit, long dtsMillis) throws IOException {
    units.scan(accessUnit);
    begin(dtsMillis, units.lengthPrefixedBytes());
    for (int i = 0; i < units.count(); i++) {
      out.fill(length.clear().putInt(units.end(i) - units.begin(i)).flip());
      out.fill(accessUnit.limit(units.end(i)).position(units.begin(i)));
    }
  }

  /** Says that no picture follows. */
  public void end(long atMillis) throws IOException {
    if (codec == PictureCodec.H264) {
      putHead(KEYFRAME, END_OF_SEQUENCE, 0);
      begin(atMillis, 0);
    }
  }

  private void putHead(int frameType, int packetType, int compositionMillis) {
    head.clear();
    if (codec == PictureCodec.H264) {
      head.put((byte) (frameType | codec.id())).put((byte) packetType);
      put24(compositionMillis);
    } else {
      boolean atOnce = packetType == NAL_UNITS && compositionMillis == 0;
      int type = atOnce ? NAL_UNITS_AT_ONCE : packetType;
      head.put((byte) (EXTENDED_HEADER | frameType | type)).putInt(codec.id());
      if (type == NAL_UNITS) {
        put24(compositionMillis);
      }
    }
    head.flip();
  }

  private void put24(int number) {
    head.put((byte) (number >> 16)).put((byte) (number >> 8)).put((byte) number);
  }

  private void begin(long atMillis, int bodyBytes) throws IOException {
    int sizeBytes = head.remaining() + bodyBytes;
    if (sizeBytes > MOST_BYTES) {
      throw new FlvException("an access unit of " + bodyBytes + " bytes, at most 16 MiB fit");
    }
    out.begin(Kind.PICTURE, atMillis, sizeBytes);
    out.fill(head);
  }
}
