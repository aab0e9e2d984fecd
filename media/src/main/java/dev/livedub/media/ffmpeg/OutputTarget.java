package dev.livedub.media.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.FF_COMPLIANCE_NORMAL;
import static org.bytedeco.ffmpeg.global.avformat.av_guess_format;
import static org.bytedeco.ffmpeg.global.avformat.avformat_query_codec;

import dev.livedub.core.log.MaskedUrl;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;

/**
 * Where an output goes, and which muxer and options that takes.
 *
 * @param url as configured
 * @param muxer FFmpeg's name of the muxer
 * @param isFile whether it is a local file, which cannot go away and come back
 */
public record OutputTarget(String url, String muxer, boolean isFile) {

  /**
   * The target that an address means.
   *
   * @throws IllegalArgumentException if no muxer serves its scheme or file name extension
   */
  public static OutputTarget of(String url) {
    if (url.contains("://") && !url.startsWith("file:")) {
      String scheme = url.substring(0, url.indexOf("://")).toLowerCase(Locale.ROOT);
      return switch (scheme) {
        case "rtmp", "rtmps" -> new OutputTarget(url, "flv", false);
        case "rtsp" -> new OutputTarget(url, "rtsp", false);
        case "srt" -> new OutputTarget(url, "mpegts", false);
        default -> throw unknown(url);
      };
    }
    String extension = url.substring(url.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return switch (extension) {
      case "flv" -> new OutputTarget(url, "flv", true);
      case "ts" -> new OutputTarget(url, "mpegts", true);
      case "mp4" -> new OutputTarget(url, "mp4", true);
      case "m3u8" -> new OutputTarget(url, "hls", true);
      default -> throw unknown(url);
    };
  }

  private static IllegalArgumentException unknown(String url) {
    return new IllegalArgumentException(
        "output is "
            + MaskedUrl.of(url)
            + ", expected rtmp:// rtmps:// rtsp:// srt:// or a file .flv .ts .mp4 .m3u8");
  }

  /**
   * Makes sure that copied sound can be carried.
   *
   * @throws MediaException if the container has no place for its codec
   */
  public void checkCarries(SoundFormat sound) throws MediaException {
    if (isRtmp() ? FlvFormats.track(sound).isEmpty() : !muxerTakes(sound)) {
      throw new MediaException(
          MediaException.Fault.INPUT_CODEC,
          "the sound is coded as "
              + sound.codecName()
              + ", which "
              + muxer
              + " cannot carry: a dub with --translator passthrough would re-encode it");
    }
  }

  private boolean muxerTakes(SoundFormat sound) {
    AVOutputFormat format = av_guess_format(muxer, null, null);
    return format != null
        && avformat_query_codec(format, sound.codecId(), FF_COMPLIANCE_NORMAL) != 0;
  }

  /** The address with its secrets masked. */
  public String shown() {
    return MaskedUrl.of(url);
  }

  /** Whether the muxer opens its own connection rather than being given one. */
  boolean muxerConnects() {
    return muxer.equals("rtsp") || muxer.equals("hls");
  }

  /** Whether livedub's own RTMP publisher serves it. */
  boolean isRtmp() {
    return muxer.equals("flv") && !isFile;
  }

  /**
   * The size of the kernel's send buffer, which the kernel doubles.
   *
   * <p>The buffer hides a peer that has stopped reading until it is full. So it is kept to what the
   * stream fills in about half a second.
   */
  static int sendBufferBytes(long bitsPerSecond) {
    long halfSecondBytes = bitsPerSecond / 8 / 2;
    return (int) Math.max(MIN_SEND_BUFFER, Math.min(MAX_SEND_BUFFER, halfSecondBytes));
  }

  private static final long MIN_SEND_BUFFER = 64 * 1024;
  private static final long MAX_SEND_BUFFER = 512 * 1024;

  /** FFmpeg's options for the muxer. */
  Map<String, String> muxerOptions() {
    Map<String, String> options = new LinkedHashMap<>();
    switch (muxer) {
      case "flv" -> options.put("flvflags", isFile ? "" : "no_duration_filesize");
      case "rtsp" -> options.put("rtsp_transport", "tcp");
      // Playable up to the last fragment even if the process dies, an ordinary MP4 at a clean end.
      case "mp4" -> options.put("movflags", "+hybrid_fragmented+frag_keyframe");
      case "hls" -> {
        options.put("hls_time", "4");
        options.put("hls_list_size", "0");
        options.put("hls_flags", "independent_segments");
      }
      default -> {}
    }
    options.values().removeIf(String::isEmpty);
    return options;
  }
}
