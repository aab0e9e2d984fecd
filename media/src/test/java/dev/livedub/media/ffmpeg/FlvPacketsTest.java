package dev.livedub.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AAC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AC3;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_EAC3;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_FLAC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MP3;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_OPUS;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PCM_ALAW;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PCM_MULAW;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PCM_S16BE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PCM_S16LE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_PCM_U8;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_SPEEX;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.livedub.core.timeline.StreamKind;
import dev.livedub.media.ffmpeg.PictureFormat.Codec;
import dev.livedub.media.flv.FlvException;
import dev.livedub.media.flv.RecordedTags;
import dev.livedub.media.flv.RecordedTags.Tag;
import dev.livedub.media.rtmp.TestAmf0;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The same packets as tags of ours and through FFmpeg's own muxer. */
final class FlvPacketsTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** H.264's parameter sets as x264 makes them: High, Main and High 4:2:2 with 10 bits. */
  private static final String HIGH =
      "0000000167 64000cacd941419f9f011000000300100000030320f14299600000000168ebe3cb22c0";

  private static final String HIGH_RECORD =
      "0164000cffe1001a6764000cacd941419f9f011000000300100000030320f142996001000668ebe3cb22c0"
          + "fdf8f800";

  private static final String BASELINE = "00000001 6742c01eda0280bfe5000001 68ce3c80";

  private static final String TWO_PICTURE_SETS =
      "000001674d401fe8802802dd8000000001 68ee06e2c8 000000 01 68ee06e2c9";

  /** VPS, SPS and PPS as x265 makes them. */
  private static final String HEVC =
      "00000140010c01ffff01600000030090000003000003003c9598090000000142010101600000030090000003"
          + "000003003ca00a080b9f796566924caf016808000003000800000300c840000000014401c172b46240";

  private static final String AAC_LC_48_KHZ_STEREO = "119056e500";

  private final Random random = new Random(7);
  private final RecordedTags ours = new RecordedTags();

  @TempDir private Path directory;

  static Stream<Arguments> pictures() {
    return Stream.of(
        arguments(Codec.H264, HIGH),
        arguments(Codec.H264, HIGH_RECORD),
        arguments(Codec.H264, BASELINE),
        arguments(Codec.H264, TWO_PICTURE_SETS),
        arguments(Codec.H265, HEVC));
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void write_picturesWithBFramesAndSound_areTheTagsOfFfmpeg(Codec codec, String configuration)
      throws Exception {
    PictureFormat picture = picture(codec, configuration);
    SoundFormat sound = sound(AV_CODEC_ID_AAC, "aac", AAC_LC_48_KHZ_STEREO, 48_000, 2);
    List<MediaPacket> packets = new ArrayList<>();
    long[] shownLater = {80_000, 160_000, 40_000, 0};
    boolean annexB = picture.configuration()[0] == 0;
    for (int i = 0; i < 40; i++) {
      long dts = 1_000_000 + i * 33_366L;
      packets.add(
          packet(StreamKind.VIDEO, i % 8 == 0, dts + shownLater[i % 4], dts, accessUnit(annexB)));
      packets.add(packet(StreamKind.AUDIO, true, dts, dts, raw(50)));
    }

    sameAsFfmpeg(Optional.of(picture), Optional.of(sound), packets);
  }

  @Test
  void write_newParameterSetsAndConfiguration_areAnnouncedAsByFfmpeg() throws Exception {
    List<MediaPacket> packets = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      long micros = i * 40_000L;
      packets.add(packet(StreamKind.VIDEO, i % 4 == 0, micros, micros, accessUnit(true)));
      packets.add(packet(StreamKind.AUDIO, true, micros, micros, raw(20)));
    }
    packets.get(8).announceConfiguration(bytes(BASELINE));
    packets.get(9).announceConfiguration(bytes("1210"));
    packets.get(16).announceConfiguration(bytes(BASELINE));

    sameAsFfmpeg(
        Optional.of(picture(Codec.H264, HIGH)),
        Optional.of(sound(AV_CODEC_ID_AAC, "aac", AAC_LC_48_KHZ_STEREO, 48_000, 2)),
        packets);
  }

  static Stream<Arguments> sounds() {
    return Stream.of(
        arguments(AV_CODEC_ID_AAC, "11b056e500", 48_000, 6),
        arguments(AV_CODEC_ID_AAC, AAC_LC_48_KHZ_STEREO, 48_000, 2),
        arguments(AV_CODEC_ID_MP3, "", 48_000, 2),
        arguments(AV_CODEC_ID_MP3, "", 22_050, 1),
        arguments(AV_CODEC_ID_PCM_ALAW, "", 8_000, 1),
        arguments(AV_CODEC_ID_PCM_MULAW, "", 8_000, 2),
        arguments(AV_CODEC_ID_PCM_U8, "", 11_025, 1),
        arguments(AV_CODEC_ID_PCM_S16LE, "", 44_100, 2),
        arguments(AV_CODEC_ID_PCM_S16BE, "", 16_000, 1),
        arguments(AV_CODEC_ID_SPEEX, "", 16_000, 1),
        arguments(AV_CODEC_ID_OPUS, "4f707573486561640102000080bb0000000000", 48_000, 2),
        arguments(AV_CODEC_ID_FLAC, "12001200000efd0020180bb803700000bc00", 48_000, 2),
        arguments(AV_CODEC_ID_AC3, "", 48_000, 6),
        arguments(AV_CODEC_ID_EAC3, "", 48_000, 8));
  }

  @ParameterizedTest
  @MethodSource("sounds")
  void write_soundThatIsCopied_isTheTagsOfFfmpeg(
      int codecId, String configuration, int sampleRateHz, int channels) throws Exception {
    List<MediaPacket> packets = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      packets.add(packet(StreamKind.AUDIO, true, i * 21_333L, i * 21_333L, raw(30 + i)));
    }

    sameAsFfmpeg(
        Optional.empty(),
        Optional.of(sound(codecId, "x", configuration, sampleRateHz, channels)),
        packets);
  }

  @ParameterizedTest
  @CsvSource({"fff14c80021ffc, 1190", "fff05080021ffcabcd, 1210"})
  void write_adts_isRawAacAsByFfmpeg(String header, String configuration) throws Exception {
    List<MediaPacket> packets = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      byte[] frame = bytes(header + HexFormat.of().formatHex(raw(9)));
      frame[3] = (byte) (frame[3] & 0xFC);
      frame[4] = (byte) (frame.length >> 3);
      frame[5] = (byte) (frame.length << 5 | 0x1F);
      packets.add(packet(StreamKind.AUDIO, true, i * 21_333L, i * 21_333L, frame));
    }
    SoundFormat sound = sound(AV_CODEC_ID_AAC, "aac", "", 48_000, 2);
    List<Tag> theirs = byFfmpeg(Optional.empty(), Optional.of(sound), packets);
    byOurs(Optional.empty(), Optional.of(sound), packets);

    assertThat(theirs.get(0).hex()).as("a header that says nothing").isEqualTo("af00");
    assertThat(ours.tags()).isEqualTo(theirs.subList(1, theirs.size()));
    assertThat(ours.tags().get(0).hex()).isEqualTo("af00" + configuration);
  }

  @Test
  void metadata_ofAStream_hasFfmpegsValues() throws Exception {
    Optional<PictureFormat> picture = Optional.of(picture(Codec.H265, HEVC));
    Optional<SoundFormat> sound =
        Optional.of(new SoundFormat(AV_CODEC_ID_AAC, "aac", new byte[0], 44_100, 2, 0, 0, 131_072));
    Path file = directory.resolve("metadata.flv");
    try (MediaOutput output = MediaOutput.to(OutputTarget.of(file.toString()))) {
      output.open(picture, sound, 0, LIMIT);
      output.finish(LIMIT);
    }
    FlvPackets packets = new FlvPackets(picture, sound, ours);

    Map<String, Object> metadata = new FlvPackets(picture, sound, ours).metadata();
    assertThat(metadata).containsEntry("audiodatarate", 128.0).containsEntry("encoder", "livedub");
    Map<String, Object> shared = new HashMap<>(metadata);
    shared.remove("encoder");
    shared.replaceAll((name, value) -> value instanceof Integer number ? number * 1.0 : value);
    assertThat(shared).hasSize(9);
    assertThat(TestAmf0.onMetaData(FlvFile.read(file).data().get(0))).containsAllEntriesOf(shared);
  }

  static Stream<Arguments> unknownSounds() {
    return Stream.of(
        arguments(AV_CODEC_ID_MP3, 32_000, 2),
        arguments(AV_CODEC_ID_MP3, 8_000, 1),
        arguments(AV_CODEC_ID_PCM_S16LE, 48_000, 2),
        arguments(AV_CODEC_ID_SPEEX, 8_000, 1));
  }

  @ParameterizedTest
  @MethodSource("unknownSounds")
  void new_soundThatFlvCannotTellOf_isRefused(int codecId, int sampleRateHz, int channels) {
    SoundFormat sound = sound(codecId, "x", "", sampleRateHz, channels);

    assertThatThrownBy(() -> new FlvPackets(Optional.empty(), Optional.of(sound), ours))
        .isInstanceOf(FlvException.class)
        .hasMessageContaining(String.valueOf(sampleRateHz))
        .hasMessageContaining("expected");
  }

  private void sameAsFfmpeg(
      Optional<PictureFormat> picture, Optional<SoundFormat> sound, List<MediaPacket> packets)
      throws Exception {
    List<Tag> theirs = new ArrayList<>(byFfmpeg(picture, sound, packets));
    theirs.removeIf(tag -> saysNothing(tag.hex()));
    byOurs(picture, sound, packets);
    packets.forEach(MediaPacket::close);

    assertThat(ours.tags()).hasSizeGreaterThanOrEqualTo(packets.size()).isEqualTo(theirs);
  }

  /** FFmpeg sends an empty {@code colorInfo} where no colours were named. */
  private static boolean saysNothing(String tag) {
    return tag.startsWith("d468766331020009636f6c6f72496e666f") && tag.endsWith("03000009000009");
  }

  private List<Tag> byFfmpeg(
      Optional<PictureFormat> picture, Optional<SoundFormat> sound, List<MediaPacket> packets)
      throws Exception {
    Path file = directory.resolve("peer.flv");
    try (MediaOutput output = MediaOutput.to(OutputTarget.of(file.toString()))) {
      output.open(picture, sound, 0, LIMIT);
      for (MediaPacket packet : packets) {
        try (MediaPacket copy = packet.reference()) {
          output.write(copy);
        }
      }
      output.finish(LIMIT);
    }
    return FlvFile.read(file).media();
  }

  private void byOurs(
      Optional<PictureFormat> picture, Optional<SoundFormat> sound, List<MediaPacket> packets)
      throws Exception {
    FlvPackets tags = new FlvPackets(picture, sound, ours);
    tags.announce();
    for (MediaPacket packet : packets) {
      tags.write(packet);
    }
    tags.end();
  }

  /** NAL units of any content, without what would be a start code or its prevention. */
  private byte[] accessUnit(boolean annexB) {
    ByteArrayOutputStream unit = new ByteArrayOutputStream();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      byte[] nal = raw(1 + random.nextInt(3_000));
      unit.writeBytes(
          annexB
              ? bytes(random.nextBoolean() ? "000001" : "00000001")
              : new byte[] {0, 0, (byte) (nal.length >> 8), (byte) nal.length});
      unit.writeBytes(nal);
    }
    return unit.toByteArray();
  }

  /** Random bytes, few of them 0 and none of them after another or at an end. */
  private byte[] raw(int sizeBytes) {
    byte[] bytes = new byte[sizeBytes];
    random.nextBytes(bytes);
    for (int i = 0; i < sizeBytes; i++) {
      boolean unwanted = i == 0 || i == sizeBytes - 1 || bytes[i - 1] == 0;
      if (bytes[i] == 0 && unwanted) {
        bytes[i] = 1;
      }
    }
    bytes[0] = (byte) (bytes[0] & 0x7F | 1);
    return bytes;
  }

  private static MediaPacket packet(
      StreamKind kind, boolean keyframe, long pts, long dts, byte[] payload) {
    MediaPacket packet = TestPackets.packet(kind, keyframe, dts, payload);
    packet.retime(pts, dts);
    return packet;
  }

  private static PictureFormat picture(Codec codec, String configuration) {
    return new PictureFormat(codec, bytes(configuration), 320, 180, 100, 12, 2, 40_000);
  }

  private static SoundFormat sound(
      int codecId, String name, String configuration, int sampleRateHz, int channels) {
    return new SoundFormat(codecId, name, bytes(configuration), sampleRateHz, channels, 1, 0, 0);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
