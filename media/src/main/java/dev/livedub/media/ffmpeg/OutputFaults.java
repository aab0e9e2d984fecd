package dev.livedub.media.ffmpeg;

import dev.livedub.core.log.MaskedUrl;
import dev.livedub.media.ffmpeg.MediaException.Fault;
import dev.livedub.media.flv.FlvException;
import dev.livedub.media.rtmp.RtmpException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Says whose fault it is when an output cannot be opened or written. */
final class OutputFaults {

  private static final int EACCES = -13;

  /** How servers say no. FFmpeg has no code for it and gives the server's words to its log. */
  private static final Pattern DENIAL =
      Pattern.compile(
          "unauthorized|authori[sz]ation|authentication|access denied|denied|forbidden|rejected|"
              + "not allowed|permission");

  private OutputFaults() {}

  static MediaException onOpen(int error, OutputTarget target, boolean outOfTime) {
    String words = MaskedUrl.inText(Libraries.lastWords());
    String said = MaskedUrl.without(words, target.url());
    boolean denied = error == EACCES || DENIAL.matcher(words.toLowerCase(Locale.ROOT)).find();
    String why = outOfTime ? "no answer in time" : Libraries.describe(error);
    return new MediaException(
        denied ? Fault.OUTPUT_DENIED : Fault.OUTPUT_LOST,
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

  // What comes from a server is not kept as a cause: a stack trace would show it unmasked.

  static MediaException onOpen(RtmpException e, OutputTarget target) {
    Fault fault =
        switch (e.reason()) {
          case DENIED -> Fault.OUTPUT_DENIED;
          case HUNG_UP -> Fault.OUTPUT_HUNG_UP;
          case LOST -> Fault.OUTPUT_LOST;
        };
    return new MediaException(
        fault, "cannot publish to " + target.shown() + ": " + words(e, target));
  }

  static MediaException onOpen(FlvException e, OutputTarget target) {
    return new MediaException(
        Fault.OUTPUT_LOST, "cannot publish to " + target.shown() + ": " + e.getMessage());
  }

  static MediaException onWrite(IOException e, OutputTarget target) {
    String why =
        e.getCause() instanceof SocketTimeoutException
            ? "it took no data for " + MediaOutput.WRITE_DEADLINE.toMillis() + " ms"
            : words(e, target);
    return new MediaException(Fault.OUTPUT_LOST, "lost " + target.shown() + ": " + why);
  }

  /** Without the stream key, which a server may repeat in its own words. */
  private static String words(IOException e, OutputTarget target) {
    String words = String.valueOf(e.getMessage()).replaceAll("\\s+", " ").strip();
    return MaskedUrl.without(MaskedUrl.inText(words), target.url());
  }
}
