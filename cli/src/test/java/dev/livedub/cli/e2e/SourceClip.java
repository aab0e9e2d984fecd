package dev.livedub.cli.e2e;

import dev.livedub.testkit.thirdparty.Ffmpeg;
import dev.livedub.testkit.thirdparty.GstRtspServer.Picture;
import dev.livedub.testkit.thirdparty.GstRtspServer.Sound;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A clip with a white picture and a 50 ms, 1 kHz beep about every second, encoded by {@code
 * ffmpeg}.
 *
 * @param file an MP4, or a MOV for sound that MP4 cannot hold
 */
record SourceClip(Path file, Look look, Layout layout, Duration length) {

  /** Pictures to encode. */
  enum Look {
    /** 25 fps, three B-frames, a keyframe every 2 s. */
    B_FRAMES_25(Picture.H264, "640x360", 25, "1", "-c:v libx264 -preset veryfast -bf 3 -b:v 1M"),
    NTSC_29_97(Picture.H264, "640x360", 30, "1.001", "-c:v libx264 -preset veryfast -bf 2 -b:v 1M"),
    FAST_50(
        Picture.H264,
        "1280x720",
        50,
        "1",
        "-c:v libx264 -preset ultrafast -bf 2 -b:v 8M -minrate 8M -maxrate 8M -bufsize 8M"
            + " -x264-params nal-hrd=cbr"),
    HEVC_25(
        Picture.H265,
        "640x360",
        25,
        "1",
        "-c:v libx265 -preset ultrafast -x265-params log-level=warning:bframes=3:b-adapt=0"
            + " -tag:v hvc1 -b:v 1M"),
    /** A codec that FLV cannot carry. */
    MPEG4_25(Picture.MPEG4, "640x360", 25, "1", "-c:v mpeg4 -b:v 1M");

    private final Picture picture;
    private final String size;
    private final int framesPerMark;
    private final String markSeconds;
    private final String options;

    Look(Picture picture, String size, int framesPerMark, String markSeconds, String options) {
      this.picture = picture;
      this.size = size;
      this.framesPerMark = framesPerMark;
      this.markSeconds = markSeconds;
      this.options = options;
    }
  }

  /** Sound to encode. */
  enum Layout {
    AAC_STEREO_48K(Sound.AAC, 48_000, "-c:a aac -ac 2", "mp4"),
    AAC_MONO_44K(Sound.AAC, 44_100, "-c:a aac -ac 1", "mp4"),
    /** Spectral band replication: half the sample rate inside. */
    HE_AAC_STEREO_48K(Sound.AAC, 48_000, "-c:a copy", "mp4", "he-aac.m4a"),
    /** Parametric stereo besides: one channel inside. */
    HE_AAC_V2_STEREO_48K(Sound.AAC, 48_000, "-c:a copy", "mp4", "he-aac-v2.m4a"),
    AAC_5_1_48K(Sound.AAC, 48_000, "-c:a aac -ac 6 -b:a 256k", "mp4"),
    OPUS_STEREO_48K(Sound.OPUS, 48_000, "-c:a libopus -ac 2", "mp4"),
    MP3_STEREO_48K(Sound.MP3, 48_000, "-c:a libmp3lame -ac 2", "mp4"),
    G711_MONO_8K(Sound.G711_MU_LAW, 8_000, "-c:a pcm_mulaw -ac 1", "mov");

    private final Sound sound;
    private final int sampleRateHz;
    private final String options;
    private final String container;
    private final @Nullable String encoded;

    Layout(Sound sound, int sampleRateHz, String options, String container) {
      this(sound, sampleRateHz, options, container, null);
    }

    /**
     * Sound of a layout.
     *
     * @param encoded resource with the beeps, for a codec that {@code ffmpeg} cannot encode
     */
    Layout(
        Sound sound, int sampleRateHz, String options, String container, @Nullable String encoded) {
      this.sound = sound;
      this.sampleRateHz = sampleRateHz;
      this.options = options;
      this.container = container;
      this.encoded = encoded;
    }
  }

  private static final Duration ENCODE_LIMIT = Duration.ofMinutes(4);

  /** Encodes {@code length} of it into {@code directory}. */
  static SourceClip encode(Path directory, Look look, Layout layout, Duration length) {
    Path file =
        directory.resolve(String.format(Locale.ROOT, "%s-%s.%s", look, layout, layout.container));
    // Marks follow the pictures, so that at 29.97 fps a beep still begins with a picture.
    String flash =
        String.format(
            Locale.ROOT,
            "testsrc2=size=%s:rate=%d/(%s),lutyuv=y=val/2,"
                + "drawbox=c=white:t=fill:enable='not(mod(n\\,%d))',format=yuv420p",
            look.size,
            look.framesPerMark,
            look.markSeconds,
            look.framesPerMark);
    String beep =
        String.format(
            Locale.ROOT,
            "aevalsrc='0.5*sin(2*PI*1000*t)*lt(mod(t\\,%s)\\,0.05)':s=%d",
            look.markSeconds,
            layout.sampleRateHz);
    String options =
        String.format(
            Locale.ROOT,
            "%s -g 50 -sc_threshold 0 %s -t %d %s",
            look.options,
            layout.options,
            length.toSeconds(),
            file);
    List<String> sound =
        layout.encoded == null
            ? List.of("-f", "lavfi", "-i", beep)
            : List.of("-i", resource(layout.encoded).toString());
    Ffmpeg.run(
        ENCODE_LIMIT,
        Stream.of(List.of("-f", "lavfi", "-i", flash), sound, List.of(options.split(" +")))
            .flatMap(List::stream)
            .toList());
    return new SourceClip(file, look, layout, length);
  }

  private static Path resource(String name) {
    try {
      return Path.of(Objects.requireNonNull(SourceClip.class.getResource(name), name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  Picture picture() {
    return look.picture;
  }

  Sound sound() {
    return layout.sound;
  }
}
