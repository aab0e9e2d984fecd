package dev.livedub.testkit.rtmp;

import dev.livedub.testkit.nal.Codec;
import dev.livedub.testkit.nal.VclHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads the heads of audio and video tags: plain FLV (Adobe's specification 10.1, annex E) and
 * Enhanced RTMP (v1, and v2's sound). A tag too short for its head is recorded without details.
 */
final class TagParser {

  private static final int LEGACY_AVC = 7;
  private static final int LEGACY_HEVC = 12;
  private static final int LEGACY_AAC = 10;
  private static final int EX_AUDIO = 9;
  private static final int EX_SEQUENCE_START = 0;
  private static final int EX_CODED_FRAMES = 1;
  private static final int EX_CODED_FRAMES_X = 3;
  private static final int COMMAND_FRAME = 5;

  private TagParser() {}

  /** What a video tag's head says. */
  private record VideoHead(
      String codec,
      @Nullable Codec nalCodec,
      int frameType,
      boolean sequenceHeader,
      boolean coded,
      int compositionMillis,
      int dataOffset) {}

  static RtmpTag parse(TagKind kind, long timestampMillis, byte[] body, long arrivalNanos) {
    return switch (kind) {
      case VIDEO -> video(timestampMillis, body, arrivalNanos);
      case AUDIO -> audio(timestampMillis, body, arrivalNanos);
      case DATA -> plain(kind, "", timestampMillis, body, arrivalNanos, false);
    };
  }

  private static RtmpTag audio(long timestampMillis, byte[] body, long arrivalNanos) {
    int format = body.length == 0 ? 0 : (body[0] & 0xF0) >> 4;
    boolean enhanced = format == EX_AUDIO && body.length >= 5;
    boolean aac = format == LEGACY_AAC && body.length >= 2;
    boolean header =
        enhanced ? (body[0] & 0x0F) == EX_SEQUENCE_START : aac && body[1] == EX_SEQUENCE_START;
    String codec = enhanced ? fourCc(body) : aac ? "mp4a" : "flv-" + format;
    return plain(TagKind.AUDIO, codec, timestampMillis, body, arrivalNanos, header);
  }

  private static RtmpTag video(long timestampMillis, byte[] body, long arrivalNanos) {
    if (body.length < 5) {
      return plain(TagKind.VIDEO, "", timestampMillis, body, arrivalNanos, false);
    }
    VideoHead head = (body[0] & 0x80) != 0 ? enhancedHead(body) : legacyHead(body);
    return new RtmpTag(
        TagKind.VIDEO,
        head.codec(),
        timestampMillis,
        head.compositionMillis(),
        body.length,
        arrivalNanos,
        head.coded() ? hash(head.nalCodec(), body, head.dataOffset()) : VclHash.NONE,
        head.frameType() == 1 && head.coded(),
        head.sequenceHeader(),
        head.coded());
  }

  private static VideoHead legacyHead(byte[] body) {
    int codecId = body[0] & 0x0F;
    int frameType = (body[0] & 0x70) >> 4;
    if (codecId != LEGACY_AVC && codecId != LEGACY_HEVC || frameType == COMMAND_FRAME) {
      boolean coded = frameType != COMMAND_FRAME;
      return new VideoHead("flv-" + codecId, null, frameType, false, coded, 0, 1);
    }
    boolean avc = codecId == LEGACY_AVC;
    return new VideoHead(
        avc ? "avc1" : "hvc1",
        avc ? Codec.H264 : Codec.H265,
        frameType,
        body[1] == 0,
        body[1] == 1,
        body[1] == 1 ? signed24(body, 2) : 0,
        5);
  }

  private static VideoHead enhancedHead(byte[] body) {
    int packetType = body[0] & 0x0F;
    String fourCc = fourCc(body);
    Codec nalCodec =
        switch (fourCc) {
          case "avc1" -> Codec.H264;
          case "hvc1" -> Codec.H265;
          default -> null;
        };
    boolean timed = packetType == EX_CODED_FRAMES && nalCodec != null && body.length >= 8;
    return new VideoHead(
        fourCc,
        nalCodec,
        (body[0] & 0x70) >> 4,
        packetType == EX_SEQUENCE_START,
        packetType == EX_CODED_FRAMES || packetType == EX_CODED_FRAMES_X,
        timed ? signed24(body, 5) : 0,
        timed ? 8 : 5);
  }

  private static long hash(@Nullable Codec codec, byte[] body, int offset) {
    if (codec == null) {
      return VclHash.NONE;
    }
    try {
      return VclHash.ofLengthPrefixed(codec, ByteBuffer.wrap(body, offset, body.length - offset));
    } catch (IllegalArgumentException e) {
      // A broken picture is recorded as one without identity; the comparison will miss it.
      return VclHash.NONE;
    }
  }

  private static RtmpTag plain(
      TagKind kind,
      String codec,
      long timestampMillis,
      byte[] body,
      long arrivalNanos,
      boolean sequenceHeader) {
    return new RtmpTag(
        kind,
        codec,
        timestampMillis,
        0,
        body.length,
        arrivalNanos,
        VclHash.NONE,
        false,
        sequenceHeader,
        kind == TagKind.AUDIO && !sequenceHeader);
  }

  private static String fourCc(byte[] body) {
    return new String(body, 1, 4, StandardCharsets.ISO_8859_1);
  }

  private static int signed24(byte[] body, int at) {
    return body[at] << 16 | (body[at + 1] & 0xFF) << 8 | body[at + 2] & 0xFF;
  }
}
