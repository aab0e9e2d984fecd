package dev.livedub.media.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.ffmpeg.avutil.AVDictionary;

/** FFmpeg's options for opening an input, by protocol. */
final class InputOptions {

  /** Of the sum below, what finding out about the streams may take; the server's SDP says most. */
  private static final String ANALYZE_MICROS = "2000000";

  private static final String SOCKET_TIMEOUT_MICROS = "4000000";

  private InputOptions() {}

  /** For a demuxer that is told by a session description what RTP packets it will be handed. */
  static Map<String, String> ofDescription() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("sdp_flags", "custom_io");
    options.put("reorder_queue_size", "0"); // TCP keeps the order
    options.put("fpsprobesize", "0");
    options.put("analyzeduration", ANALYZE_MICROS);
    return options;
  }

  static Map<String, String> of(String url) {
    Map<String, String> options = new LinkedHashMap<>();
    String scheme = url.contains("://") ? url.substring(0, url.indexOf("://")) : "file";
    switch (scheme) {
      case "rtmp", "rtmps", "srt", "tcp" -> {
        options.put("rw_timeout", SOCKET_TIMEOUT_MICROS);
        options.put("fpsprobesize", "0");
        options.put("analyzeduration", ANALYZE_MICROS);
      }
      case "http", "https" -> options.put("rw_timeout", "10000000");
      default -> {} // files: FFmpeg's own defaults
    }
    return options;
  }

  /** In FFmpeg's own form, for one call; the caller frees it. */
  static AVDictionary dictionary(Map<String, String> options) {
    AVDictionary dictionary = new AVDictionary();
    options.forEach((key, value) -> av_dict_set(dictionary, key, value, 0));
    return dictionary;
  }

  static void free(AVDictionary dictionary) {
    av_dict_free(dictionary);
  }
}
