package dev.livedub.media.ffmpeg;

import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;

import dev.livedub.core.log.MaskedUrl;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avutil.AVDictionary;

/** Leaves connecting and reading to FFmpeg. */
final class UrlFeed implements Feed {

  private final boolean isFile;

  UrlFeed(boolean isFile) {
    this.isFile = isFile;
  }

  @Override
  public void open(AVFormatContext context, String url, Deadline deadline) throws MediaException {
    AVDictionary options = InputOptions.dictionary(InputOptions.of(url));
    int result = avformat_open_input(context, url, null, options);
    InputOptions.free(options);
    if (result < 0) { // it has freed the context
      throw InputFaults.onOpen(result, MaskedUrl.of(url), isFile, deadline.hasPassed());
    }
  }

  @Override
  public boolean takesOver(Set<Integer> streams) {
    return false;
  }

  @Override
  public MediaPacket read() {
    throw new IllegalStateException("only the demuxer can read this");
  }

  @Override
  public Optional<MediaException> failure() {
    return Optional.empty();
  }

  @Override
  public void cancel() {
    // The deadline does.
  }

  @Override
  public void close(Duration goodBye) {
    // The demuxer has closed what it opened.
  }
}
