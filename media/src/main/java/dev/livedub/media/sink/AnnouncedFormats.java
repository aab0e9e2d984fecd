package dev.livedub.media.sink;

import dev.livedub.media.ffmpeg.MediaPacket;
import dev.livedub.media.ffmpeg.PictureFormat;
import dev.livedub.media.ffmpeg.SoundFormat;
import dev.livedub.media.ffmpeg.StreamFormat;
import java.util.Optional;

/**
 * What a connection has told its receiver about the streams, and whether a packet agrees with it.
 */
final class AnnouncedFormats {

  private Optional<PictureFormat> picture;
  private Optional<SoundFormat> sound;

  AnnouncedFormats(Optional<PictureFormat> picture, Optional<SoundFormat> sound) {
    this.picture = picture;
    this.sound = sound;
  }

  Optional<PictureFormat> picture() {
    return picture;
  }

  Optional<SoundFormat> sound() {
    return sound;
  }

  /**
   * Whether the packet can be written on this connection; if its codec's configuration is new, it
   * is made to carry the announcement.
   */
  boolean admits(MediaPacket packet) {
    StreamFormat format = packet.format();
    Optional<? extends StreamFormat> known = format instanceof PictureFormat ? picture : sound;
    if (known.isEmpty() || !format.isSameCodecAs(known.get())) {
      return false;
    }
    if (!format.equals(known.get())) {
      packet.announceConfiguration(format.configuration());
      if (format instanceof PictureFormat changed) {
        picture = Optional.of(changed);
      } else if (format instanceof SoundFormat changed) {
        sound = Optional.of(changed);
      }
    }
    return true;
  }
}
