package dev.livedub.media.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_version;
import static org.bytedeco.ffmpeg.global.avformat.av_find_input_format;
import static org.bytedeco.ffmpeg.global.avformat.av_guess_format;
import static org.bytedeco.ffmpeg.global.avformat.avformat_version;
import static org.bytedeco.ffmpeg.global.avformat.avio_find_protocol_name;
import static org.bytedeco.ffmpeg.global.avutil.av_version_info;
import static org.bytedeco.ffmpeg.global.avutil.avutil_version;
import static org.bytedeco.ffmpeg.global.swresample.swresample_version;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The FFmpeg that this process has loaded.
 *
 * @param version as its makers call it, such as {@code 8.0.1}
 * @param libraries name and version of each library, such as {@code avcodec 62.11.100}
 * @param missing what livedub needs and this build does not have, such as {@code decoder opus}
 */
public record FfmpegBuild(String version, List<String> libraries, List<String> missing) {

  private static final List<String> DECODERS =
      List.of("h264", "hevc", "aac", "libopus|opus", "mp3float|mp3", "pcm_mulaw", "pcm_alaw");
  private static final List<String> ENCODERS = List.of("aac");
  private static final List<String> DEMUXERS =
      List.of("sdp", "rtsp", "flv", "mpegts", "mov", "hls");
  private static final List<String> MUXERS = List.of("flv", "rtsp", "mpegts", "mp4", "hls");
  private static final List<String> PROTOCOLS =
      List.of("file", "tcp", "tls", "rtmp", "rtmps", "srt", "http", "https");

  public FfmpegBuild {
    libraries = List.copyOf(libraries);
    missing = List.copyOf(missing);
  }

  /**
   * Looks at it, and loads it for that if this has not been done yet.
   *
   * @throws LinkageError if it cannot be loaded on this machine; says which library
   */
  public static FfmpegBuild inspect() {
    Libraries.load();
    List<String> missing = new ArrayList<>();
    need(missing, "decoder", DECODERS, name -> avcodec_find_decoder_by_name(name) != null);
    need(missing, "encoder", ENCODERS, name -> avcodec_find_encoder_by_name(name) != null);
    need(missing, "demuxer", DEMUXERS, name -> av_find_input_format(name) != null);
    need(missing, "muxer", MUXERS, name -> av_guess_format(name, null, null) != null);
    need(missing, "protocol", PROTOCOLS, name -> avio_find_protocol_name(name + "://h") != null);
    return new FfmpegBuild(
        av_version_info().getString(),
        List.of(
            "avformat " + dotted(avformat_version()),
            "avcodec " + dotted(avcodec_version()),
            "avutil " + dotted(avutil_version()),
            "swresample " + dotted(swresample_version())),
        missing);
  }

  /** Notes what is not there; of names that are separated by bars, one is enough. */
  static void need(
      List<String> missing, String kind, List<String> names, Predicate<String> isThere) {
    names.stream()
        .filter(name -> List.of(name.split("\\|")).stream().noneMatch(isThere))
        .forEach(name -> missing.add(kind + " " + name));
  }

  /** FFmpeg's {@code AV_VERSION_INT}: major, minor and micro in 16, 8 and 8 bits. */
  private static String dotted(int version) {
    return (version >>> 16) + "." + (version >>> 8 & 0xff) + "." + (version & 0xff);
  }
}
