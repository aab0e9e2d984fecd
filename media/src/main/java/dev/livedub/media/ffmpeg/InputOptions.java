package dev.livedub.media.ffmpeg;

import java.util.LinkedHashMap;
import java.util.Map;

/** FFmpeg's options for opening an input, by protocol. */
final class InputOptions {

  /** Of the sum below, what finding out about the streams may take; the server's SDP says most. */
  private static final String ANALYZE_MICROS = "2000000";

  private static final String SOCKET_TIMEOUT_MICROS = "4000000";

  private InputOptions() {}

  static Map<String, String> of(String url) {
    Map<String, String> options = new LinkedHashMap<>();
    String scheme = url.contains("://") ? url.substring(0, url.indexOf("://")) : "file";
    switch (scheme) {
      case "rtsp", "rtsps" -> {
        options.put("rtsp_transport", "tcp");
        options.put("timeout", SOCKET_TIMEOUT_MICROS);
        options.put("fpsprobesize", "0");
        options.put("analyzeduration", ANALYZE_MICROS);
      }
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
}
