package dev.livedub.testkit.mp4;

import dev.livedub.testkit.rtmp.RtmpTag;
import dev.livedub.testkit.rtmp.TagKind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The tags of an RTMP publication, H.264 and AAC, as fragmented MP4; also of one publication after
 * the other. What comes before the configuration of both, or is of another codec, is left out.
 *
 * <p><b>Threading:</b> thread-safe.
 */
public final class FlvToMp4 {

  private static final int PICTURE_DATA = 5;
  private static final int SOUND_DATA = 2;

  private final int width;
  private final int height;
  private final Fragmenter fragmenter;
  private byte @Nullable [] avc;
  private byte @Nullable [] aac;
  private boolean begun;

  /**
   * A stream.
   *
   * @param width of the picture, in luma samples
   * @param height of the picture, in luma samples
   */
  public FlvToMp4(int width, int height, FragmentListener listener) {
    this.width = width;
    this.height = height;
    fragmenter = new Fragmenter(listener);
  }

  /**
   * Takes the next tag.
   *
   * @param body the tag's, with its head
   * @param shiftMicros the stream's time minus the tag's
   */
  public synchronized void take(RtmpTag tag, byte[] body, long shiftMicros) {
    long atMicros = tag.timestampMillis() * 1_000 + shiftMicros;
    if (tag.kind() == TagKind.VIDEO && tag.codec().equals("avc1")) {
      picture(tag, body, atMicros);
    } else if (tag.kind() == TagKind.AUDIO && tag.codec().equals("mp4a")) {
      sound(tag, body, atMicros);
    }
  }

  private void picture(RtmpTag tag, byte[] body, long atMicros) {
    byte[] data = Arrays.copyOfRange(body, PICTURE_DATA, body.length);
    if (tag.sequenceHeader()) {
      begun &= Arrays.equals(avc, data);
      avc = data;
    } else if (tag.coded() && mayGoOn(tag.keyframe())) {
      fragmenter.picture(atMicros, tag.compositionMillis() * 1_000L, tag.keyframe(), data);
    }
  }

  private void sound(RtmpTag tag, byte[] body, long atMicros) {
    byte[] data = Arrays.copyOfRange(body, SOUND_DATA, body.length);
    if (tag.sequenceHeader()) {
      begun &= Arrays.equals(aac, data);
      aac = data;
    } else if (begun) {
      fragmenter.sound(atMicros, data);
    }
  }

  private boolean mayGoOn(boolean keyframe) {
    if (!begun && keyframe && avc != null && aac != null) {
      begun = true;
      fragmenter.format(new StreamFormat(avc, width, height, AacConfig.parse(aac)));
    }
    return begun;
  }
}
