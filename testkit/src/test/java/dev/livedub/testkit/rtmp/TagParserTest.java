package dev.livedub.testkit.rtmp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livedub.testkit.nal.Codec;
import dev.livedub.testkit.nal.VclHash;
import org.junit.jupiter.api.Test;

final class TagParserTest {

  private static final byte[] HEVC_SLICE = {0, 0, 0, 3, 0x26, 1, 7};
  private static final byte[] AVC_SLICE = {0, 0, 0, 2, 0x41, 9};

  @Test
  void parse_avcPicture_hasNegativeCompositionTimeAndHash() {
    RtmpTag tag = video(join(new byte[] {0x27, 1, -1, -1, -40}, AVC_SLICE));

    assertThat(tag.codec()).isEqualTo("avc1");
    assertThat(tag.compositionMillis()).isEqualTo(-40);
    assertThat(tag.ptsMillis()).isEqualTo(960);
    assertThat(tag.vclHash()).isEqualTo(VclHash.ofLengthPrefixed(Codec.H264, AVC_SLICE));
    assertThat(tag.keyframe()).isFalse();
    assertThat(tag.coded()).isTrue();
  }

  @Test
  void parse_avcConfigurationAndEnd_areNoMedia() {
    RtmpTag header = video(new byte[] {0x17, 0, 0, 0, 0, 1, 0x64});
    RtmpTag end = video(new byte[] {0x17, 2, 0, 0, 0});

    assertThat(header.sequenceHeader()).isTrue();
    assertThat(header.coded() || header.keyframe()).isFalse();
    assertThat(end.coded() || end.sequenceHeader()).isFalse();
  }

  @Test
  void parse_enhancedHevc_withAndWithoutCompositionTime() {
    byte[] head = {(byte) 0x91, 'h', 'v', 'c', '1', 0, 0, 80};
    RtmpTag timed = video(join(head, HEVC_SLICE));
    RtmpTag plain = video(join(new byte[] {(byte) 0x93, 'h', 'v', 'c', '1'}, HEVC_SLICE));
    RtmpTag header = video(new byte[] {(byte) 0x90, 'h', 'v', 'c', '1', 1, 2});
    long hash = VclHash.ofLengthPrefixed(Codec.H265, HEVC_SLICE);

    assertThat(timed.codec()).isEqualTo("hvc1");
    assertThat(timed.compositionMillis()).isEqualTo(80);
    assertThat(timed.keyframe()).isTrue();
    assertThat(timed.vclHash()).isEqualTo(hash).isNotEqualTo(VclHash.NONE);
    assertThat(plain.vclHash()).isEqualTo(hash);
    assertThat(plain.compositionMillis()).isZero();
    assertThat(header.sequenceHeader()).isTrue();
    assertThat(header.coded()).isFalse();
  }

  @Test
  void parse_sound_codecAndConfiguration() {
    RtmpTag header = audio((byte) 0xAF, 0, 0x11);
    RtmpTag frame = audio((byte) 0xAF, 1, 0x21);
    RtmpTag opus = audio((byte) 0x91, 'O', 'p', 'u', 's', 1);

    assertThat(header.sequenceHeader()).isTrue();
    assertThat(frame.codec()).isEqualTo("mp4a");
    assertThat(frame.coded()).isTrue();
    assertThat(opus.codec()).isEqualTo("Opus");
  }

  @Test
  void parse_emptyOrBroken_isRecordedWithoutIdentity() {
    byte[] overlong = {0x17, 1, 0, 0, 0, 0, 0, 0, 9, 0x65};

    assertThat(video(new byte[0]).coded()).isFalse();
    assertThat(audio().codec()).isEqualTo("flv-0");
    assertThat(video(overlong).vclHash()).isEqualTo(VclHash.NONE);
    assertThat(video(overlong).coded()).isTrue();
  }

  private static RtmpTag video(byte[] body) {
    return TagParser.parse(TagKind.VIDEO, 1000, body, 0);
  }

  private static RtmpTag audio(int... bytes) {
    byte[] body = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      body[i] = (byte) bytes[i];
    }
    return TagParser.parse(TagKind.AUDIO, 1000, body, 0);
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] all = new byte[first.length + second.length];
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }
}
