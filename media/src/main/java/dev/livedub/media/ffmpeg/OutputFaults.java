package dev.livedub.media.ffmpeg;

import dev.livedub.core.log.MaskedUrl;
import dev.livedub.media.ffmpeg.MediaException.Fault;
import java.util.Locale;
import java.util.regex.Pattern;

/** Says whose fault it is when FFmpeg cannot open or write an output. */
final class OutputFaults {

  private static final int EIO = -5;
  private static final int EACCES = -13;

  /**
   * How servers say no. FFmpeg has one error code for everything an RTMP server answers and gives
   * the server's words to its log.
   */
  private static final Pattern DENIAL =
      Pattern.compile(
          "unauthorized|authori[sz]ation|authentication|authmod|access denied|denied|forbidden|"
              + "badname|rejected|not allowed|already publishing|publish failed|permission");

  private OutputFaults() {}

  static MediaException onOpen(int error, OutputTarget target, boolean outOfTime) {
    String words = MaskedUrl.inText(Libraries.lastWords());
    String said = MaskedUrl.without(words, target.url());
    boolean denied = error == EACCES || DENIAL.matcher(words.toLowerCase(Locale.ROOT)).find();
    // FFmpeg's RTMP says this, and nothing else, when the server ends the connection by itself.
    boolean hungUp = error == EIO && !outOfTime && !target.isFile() && target.muxer().equals("flv");
    String why = outOfTime ? "no answer in time" : Libraries.describe(error);
    return new MediaException(
        denied ? Fault.OUTPUT_DENIED : hungUp ? Fault.OUTPUT_HUNG_UP : Fault.OUTPUT_LOST,
        "cannot publish to "
            + target.shown()
            + ": "
            + why
            + (said.isEmpty() ? "" : " (" + said + ")"));
  }

  static MediaException onWrite(int error, OutputTarget target, boolean outOfTime) {
    String why =
        outOfTime
            ? "it took no data for " + MediaOutput.WRITE_DEADLINE.toMillis() + " ms"
            : MaskedUrl.without(InputFaults.words(error), target.url());
    return new MediaException(Fault.OUTPUT_LOST, "lost " + target.shown() + ": " + why);
  }
}
