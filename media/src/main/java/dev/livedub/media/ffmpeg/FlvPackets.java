package dev.livedub.media.ffmpeg;

import dev.livedub.core.timeline.StreamKind;
import dev.livedub.media.flv.PictureTags;
import dev.livedub.media.flv.SoundTags;
import dev.livedub.media.flv.SoundTrack;
import dev.livedub.media.flv.StreamMetadata;
import dev.livedub.media.flv.TagWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes FLV's tags of packets: their bytes are copied once, to where the tags go.
 *
 * <p>Call order: {@link #announce}, {@link #write}…, {@link #end}. <b>Threading:</b> one thread.
 */
public final class FlvPackets {

  private static final TimeBase MILLIS = new TimeBase(1, 1_000);

  private final Optional<PictureFormat> picture;
  private final Optional<SoundFormat> sound;
  private final @Nullable PictureTags pictureTags;
  private final @Nullable SoundTags soundTags;
  private byte[] pictureConfiguration;
  private byte[] soundConfiguration;
  private boolean pictureWritten;
  private long lastPictureMillis;

  /**
   * Tags of a stream.
   *
   * @throws dev.livedub.media.flv.FlvException if FLV has no place for its sound
   */
  public FlvPackets(Optional<PictureFormat> picture, Optional<SoundFormat> sound, TagWriter out)
      throws IOException {
    this.picture = picture;
    this.sound = sound;
    Optional<SoundTrack> track = sound.flatMap(FlvFormats::track);
    pictureTags =
        picture.isPresent() ? new PictureTags(FlvFormats.codec(picture.get()), out) : null;
    soundTags = track.isPresent() ? new SoundTags(track.get(), out) : null;
    pictureConfiguration = picture.map(PictureFormat::configuration).orElse(new byte[0]);
    soundConfiguration = sound.map(SoundFormat::configuration).orElse(new byte[0]);
  }

  /** What {@code onMetaData} says, by names. */
  Map<String, Object> metadata() {
    return StreamMetadata.of(
        picture.map(FlvFormats::codec),
        picture.map(PictureFormat::width).orElse(0),
        picture.map(PictureFormat::height).orElse(0),
        sound.flatMap(FlvFormats::track));
  }

  /**
   * Sends the codecs' configurations.
   *
   * @throws dev.livedub.media.flv.FlvException if the picture's cannot be read
   */
  public void announce() throws IOException {
    if (pictureTags != null) {
      pictureTags.announce(pictureConfiguration, 0);
    }
    if (soundTags != null) {
      soundTags.announce(soundConfiguration, 0);
      soundTags.announceSpeakers(0);
    }
  }

  /** Sends a packet, and before it the configuration that comes with it, if that is new. */
  public void write(MediaPacket packet) throws IOException {
    if (packet.kind() == StreamKind.VIDEO) {
      writePicture(packet);
    } else {
      writeSound(packet);
    }
  }

  private void writePicture(MediaPacket packet) throws IOException {
    PictureTags tags = pictureTags;
    if (tags == null) {
      return;
    }
    long dtsMillis = millis(packet.dtsMicros());
    byte[] configuration = packet.newConfiguration();
    if (configuration != null && !Arrays.equals(configuration, pictureConfiguration)) {
      pictureConfiguration = configuration;
      tags.announce(configuration, dtsMillis);
    }
    int compositionMillis = (int) (millis(packet.ptsMicros()) - dtsMillis);
    tags.write(packet.borrowPayload(), packet.isKeyframe(), dtsMillis, compositionMillis);
    pictureWritten = true;
    lastPictureMillis = dtsMillis;
  }

  private void writeSound(MediaPacket packet) throws IOException {
    SoundTags tags = soundTags;
    if (tags == null) {
      return;
    }
    long atMillis = millis(packet.dtsMicros());
    byte[] configuration = packet.newConfiguration();
    if (configuration != null && !Arrays.equals(configuration, soundConfiguration)) {
      soundConfiguration = configuration;
      tags.announce(configuration, atMillis);
    }
    tags.write(packet.borrowPayload(), atMillis);
  }

  /** FLV's times have no sign. */
  private static long millis(long micros) {
    return Math.max(0, MILLIS.fromMicros(micros));
  }

  /** Says that no picture follows. */
  public void end() throws IOException {
    if (pictureTags != null && pictureWritten) {
      pictureTags.end(lastPictureMillis);
    }
  }
}
