package dev.livedub.media.flv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livedub.media.flv.RecordedTags.Tag;
import dev.livedub.media.flv.TagWriter.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SoundTagsTest {

  private static final SoundTrack AAC = new SoundTrack(SoundCodec.AAC, 48_000, 2, 0);

  private final RecordedTags out = new RecordedTags();

  @Test
  void write_aac_hasItsConfigurationBefore() throws IOException {
    SoundTags tags = new SoundTags(AAC, out);
    tags.announce(bytes("1190"), 0);
    tags.announceSpeakers(0);
    tags.write(ByteBuffer.wrap(bytes("2110")), 21);

    // SoundFormat 10, 44 kHz, 16 bits, stereo; AACPacketType 0, then 1 (E.4.2.1, E.4.2.2)
    assertThat(out.tags())
        .containsExactly(new Tag(Kind.SOUND, 0, "af001190"), new Tag(Kind.SOUND, 21, "af012110"));
  }

  @ParameterizedTest
  @CsvSource({
    "MP3, 44100, 2, 2f",
    "MP3, 48000, 2, 2f",
    "MP3, 11025, 1, 26",
    "PCM_S16LE, 22050, 1, 3a",
    "PCM_U8, 5512, 1, 00",
    "PCM_ALAW, 8000, 1, 72",
    "PCM_MULAW, 8000, 1, 82",
    "SPEEX, 16000, 1, b6",
    "OPUS, 48000, 2, 914f707573",
    "AC3, 48000, 6, 9161632d33"
  })
  void write_anyCodec_hasItsHead(SoundCodec codec, int sampleRateHz, int channels, String head)
      throws IOException {
    SoundTags tags = new SoundTags(new SoundTrack(codec, sampleRateHz, channels, 0), out);
    tags.write(ByteBuffer.wrap(bytes("abcd")), 0);

    assertThat(out.last()).isEqualTo(head + "abcd");
  }

  @Test
  void write_adtsThatChanges_announcesEachOnce() throws IOException {
    SoundTags tags = new SoundTags(AAC, out);
    tags.announce(new byte[0], 0);
    for (String header : new String[] {"fff14c80021ffc", "fff14c80041ffc", "fff15080021ffc"}) {
      tags.write(ByteBuffer.wrap(bytes(header + "2110")), 0);
    }

    assertThat(out.tags().stream().map(Tag::hex))
        .containsExactly("af001190", "af012110", "af012110", "af001210", "af012110");
  }

  @Test
  void write_adtsOfAStreamWithConfiguration_losesItsHeaderOnly() throws IOException {
    SoundTags tags = new SoundTags(AAC, out);
    tags.announce(bytes("1190"), 0);
    tags.write(ByteBuffer.wrap(bytes("fff14c80021ffc" + "2110")), 0);

    assertThat(out.tags().stream().map(Tag::hex)).containsExactly("af001190", "af012110");
  }

  @ParameterizedTest
  @CsvSource({
    "fff14c80021ffe2110, 3 blocks",
    "fff14c00021ffc2110, channel configuration 0",
    "fff17c80021ffc2110, sample rate index 15",
    "fff04c80021ffc2110, holds no sound"
  })
  void write_adtsThatFlvHasNoPlaceFor_isRefused(String frame, String words) throws IOException {
    SoundTags tags = new SoundTags(AAC, out);

    assertThatThrownBy(() -> tags.write(ByteBuffer.wrap(bytes(frame)), 0))
        .isInstanceOf(FlvException.class)
        .hasMessageContaining(words);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
