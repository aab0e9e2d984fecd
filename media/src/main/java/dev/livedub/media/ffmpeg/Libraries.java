package dev.livedub.media.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_ERROR;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;
import static org.bytedeco.ffmpeg.global.avutil.setLogCallback;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.avutil.LogCallback;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.javacpp.BytePointer;

/**
 * Loads FFmpeg's libraries once and collects what they say.
 *
 * <p>FFmpeg explains a failure only in its log, which it writes on the thread that made the call.
 * So the last lines are kept per thread, for {@link #lastWords} to put into an error's message.
 *
 * <p>FFmpeg has one log callback per process, hence the static state.
 */
final class Libraries {

  private static final int LINES_KEPT = 6;

  /** FFmpeg puts "[tcp @ 0x7f37…] " before what it says. */
  private static final Pattern SPEAKER = Pattern.compile("^\\[[^]]*] ");

  private static final ThreadLocal<Deque<String>> LINES = ThreadLocal.withInitial(ArrayDeque::new);

  private static final LogCallback COLLECTOR = new Collector();

  static {
    // JavaCPP's own accounting of physical memory counts the whole process and then refuses to
    // allocate; native memory is bounded by this program's queues instead.
    System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    System.setProperty("org.bytedeco.javacpp.maxBytes", "0");
    av_log_set_level(AV_LOG_ERROR);
    setLogCallback(COLLECTOR);
    avformat.avformat_network_init();
  }

  private static final class Collector extends LogCallback {
    @Override
    public void call(int level, BytePointer message) {
      Deque<String> lines = LINES.get();
      if (lines.size() == LINES_KEPT) {
        lines.removeFirst();
      }
      lines.addLast(
          SPEAKER.matcher(message.getString(StandardCharsets.UTF_8).strip()).replaceFirst(""));
    }
  }

  private Libraries() {}

  /** Makes sure that the libraries are loaded and set up. */
  static void load() {
    LINES.get().clear();
  }

  /** What FFmpeg said on this thread since {@link #load} or the last call of this; may be empty. */
  static String lastWords() {
    Deque<String> lines = LINES.get();
    String words = String.join("; ", lines);
    lines.clear();
    return words;
  }

  /** FFmpeg's text for one of its error codes. */
  static String describe(int error) {
    byte[] text = new byte[128];
    av_strerror(error, text, text.length);
    int end = 0;
    while (end < text.length && text[end] != 0) {
      end++;
    }
    return new String(text, 0, end, StandardCharsets.UTF_8);
  }
}
