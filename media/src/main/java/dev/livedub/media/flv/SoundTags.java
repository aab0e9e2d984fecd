package dev.livedub.media.flv;

import dev.livedub.media.flv.TagWriter.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Makes tags of sound: FLV's own codecs (E.4.2), the others by enhanced RTMP's extended header.
 *
 * <p>AAC with ADTS headers loses them, and what they say of the stream is announced.
 *
 * <p>Call order: {@link #announce} before the first packet and whenever the configuration changes,
 * {@link #write}…. <b>Threading:</b> one thread.
 */
public final class SoundTags {

  /** AACPacketType and AudioPacketType have the same numbers for these. */
  private static final int SEQUENCE_HEADER = 0;

  private static final int CODED = 1;
  private static final int MULTICHANNEL_CONFIG = 4;
  private static final int EXTENDED_HEADER = 9 << 4;

  /** AudioChannelOrder: as in the mask. */
  private static final int NATIVE_ORDER = 1;

  private static final int MOST_BYTES = (1 << 24) - 1;

  /** Speakers of the usual layouts of 0 to 8 channels, one bit each (AudioChannelFlags). */
  private static final int[] SPEAKERS = {0, 0x4, 0x3, 0xB, 0x107, 0x37, 0x3F, 0x70F, 0x63F};

  private final SoundTrack track;
  private final TagWriter out;
  private final int flags;
  private final ByteBuffer head = ByteBuffer.allocate(5);
  private long announcedAdts = AdtsHeader.NONE;
  private boolean configured;

  /**
   * Tags of one elementary stream.
   *
   * @throws FlvException if FLV has no place for it
   */
  public SoundTags(SoundTrack track, TagWriter out) throws FlvException {
    this.track = track;
    this.out = out;
    flags = track.codec().isExtended() ? EXTENDED_HEADER : track.flags();
  }

  /**
   * Says what a decoder has to know.
   *
   * @param configuration AudioSpecificConfig of AAC, {@code OpusHead}, STREAMINFO; may be empty. An
   *     empty one of AAC is not sent: ADTS headers bring their own
   */
  public void announce(byte[] configuration, long atMillis) throws IOException {
    configured = configuration.length > 0;
    if (track.codec().isExtended() || (track.codec() == SoundCodec.AAC && configured)) {
      putHead(SEQUENCE_HEADER);
      begin(atMillis, configuration.length);
      out.fill(ByteBuffer.wrap(configuration));
    }
  }

  /** Tells which speakers there are, if that is more than FLV takes for granted. */
  public void announceSpeakers(long atMillis) throws IOException {
    boolean beyondFlv = track.codec() == SoundCodec.AAC && track.channels() > 2;
    int channels = track.channels();
    boolean known = channels > 0 && channels < SPEAKERS.length;
    if (known && (beyondFlv || track.codec().isExtended())) {
      head.clear().put((byte) (EXTENDED_HEADER | MULTICHANNEL_CONFIG));
      head.putInt(track.codec().fourCc()).flip();
      ByteBuffer layout = ByteBuffer.allocate(1 + 1 + 4).put((byte) NATIVE_ORDER);
      layout.put((byte) channels).putInt(SPEAKERS[channels]).flip();
      begin(atMillis, layout.remaining());
      out.fill(layout);
    }
  }

  /**
   * Sends one packet.
   *
   * @param borrowed valid during the call
   */
  public void write(ByteBuffer borrowed, long atMillis) throws IOException {
    if (track.codec() == SoundCodec.AAC && AdtsHeader.isAt(borrowed)) {
      takeAdts(borrowed, atMillis);
    }
    putHead(CODED);
    begin(atMillis, borrowed.remaining());
    out.fill(borrowed);
  }

  private void takeAdts(ByteBuffer frame, long atMillis) throws IOException {
    AdtsHeader header = AdtsHeader.take(frame);
    boolean isNew = header.fixedPart() != announcedAdts;
    if (isNew && (!configured || announcedAdts != AdtsHeader.NONE)) {
      announce(header.audioSpecificConfig(), atMillis);
    }
    announcedAdts = header.fixedPart();
  }

  private void putHead(int packetType) {
    head.clear();
    if (track.codec().isExtended()) {
      head.put((byte) (flags | packetType)).putInt(track.codec().fourCc());
    } else {
      head.put((byte) flags);
      if (track.codec() == SoundCodec.AAC) {
        head.put((byte) packetType);
      }
    }
    head.flip();
  }

  private void begin(long atMillis, int bodyBytes) throws IOException {
    int sizeBytes = head.remaining() + bodyBytes;
    if (sizeBytes > MOST_BYTES) {
      throw new FlvException("a packet of " + bodyBytes + " bytes, at most 16 MiB fit");
    }
    out.begin(Kind.SOUND, atMillis, sizeBytes);
    out.fill(head);
  }
}
