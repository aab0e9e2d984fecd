package dev.livedub.media.ffmpeg;

import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_FORBIDDEN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_HTTP_UNAUTHORIZED;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_INVALIDDATA;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_PROTOCOL_NOT_FOUND;

import dev.livedub.core.log.MaskedUrl;
import dev.livedub.media.ffmpeg.MediaException.Fault;
import dev.livedub.media.rtsp.RtspException;

/** Says whose fault it is when FFmpeg cannot open or read an input. */
final class InputFaults {

  private static final int ENOENT = -2;
  private static final int EACCES = -13;
  private static final String SILENT =
      "nothing came for " + MediaInput.READ_DEADLINE.toSeconds() + " s";

  private InputFaults() {}

  static MediaException onOpen(int error, String shownUrl, boolean isFile, boolean outOfTime) {
    String why = outOfTime ? "no answer in time" : words(error);
    return new MediaException(faultOf(error, isFile), "cannot open " + shownUrl + ": " + why);
  }

  static MediaException onRead(int error, String shownUrl, boolean outOfTime) {
    String why = outOfTime ? SILENT : words(error);
    return new MediaException(Fault.INPUT_LOST, "lost " + shownUrl + ": " + why);
  }

  static MediaException onOpen(RtspException e, String shownUrl) {
    Fault fault =
        switch (e.reason()) {
          case BAD_ADDRESS, UNTRUSTED, DENIED -> Fault.INPUT_REFUSED;
          case UNSUPPORTED -> Fault.INPUT_CODEC;
          default -> Fault.INPUT_UNREACHABLE;
        };
    String why = isOutOfTime(e) ? "no answer in time" : words(e);
    return new MediaException(fault, "cannot open " + shownUrl + ": " + why, e);
  }

  static MediaException onRead(RtspException e, String shownUrl) {
    String why = isOutOfTime(e) ? SILENT : words(e);
    return new MediaException(Fault.INPUT_LOST, "lost " + shownUrl + ": " + why, e);
  }

  private static boolean isOutOfTime(RtspException e) {
    return e.reason() == RtspException.Reason.OUT_OF_TIME;
  }

  private static String words(RtspException e) {
    return MaskedUrl.inText(String.valueOf(e.getMessage()));
  }

  private static Fault faultOf(int error, boolean isFile) {
    if (isFile && (error == ENOENT || error == EACCES)) {
      return Fault.INPUT_REFUSED;
    }
    if (isFile && error == AVERROR_INVALIDDATA()) {
      return Fault.INPUT_CODEC;
    }
    boolean refused =
        error == AVERROR_HTTP_UNAUTHORIZED()
            || error == AVERROR_HTTP_FORBIDDEN()
            || error == AVERROR_PROTOCOL_NOT_FOUND();
    return refused ? Fault.INPUT_REFUSED : Fault.INPUT_UNREACHABLE;
  }

  /** FFmpeg's text for an error, and what it said about it on this thread. */
  static String words(int error) {
    String said = Libraries.lastWords();
    String text = Libraries.describe(error);
    return said.isEmpty() ? text : text + " (" + MaskedUrl.inText(said) + ")";
  }
}
