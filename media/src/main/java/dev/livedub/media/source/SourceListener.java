package dev.livedub.media.source;

import dev.livedub.media.ffmpeg.MediaException;
import dev.livedub.media.ffmpeg.PictureFormat;
import dev.livedub.media.ffmpeg.SoundFormat;
import java.util.Optional;

/** Is told how the source fares; called on the demux thread. */
public interface SourceListener {

  /**
   * Looks at what the input holds before anything of it is used.
   *
   * @throws MediaException if that cannot be carried
   */
  void checkFormats(Optional<PictureFormat> picture, Optional<SoundFormat> sound)
      throws MediaException;

  /** The input is connected. */
  void connected(Optional<PictureFormat> picture, Optional<SoundFormat> sound);

  /** The input was lost; it is tried again. */
  void lost(String reason);

  /** Whether there is room for more; an input that is not live waits until there is. */
  boolean hasRoom();
}
