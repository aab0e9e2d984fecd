package dev.livedub.media.ffmpeg;

/** What an elementary stream is, apart from its access units. */
public sealed interface StreamFormat permits PictureFormat, SoundFormat {

  /** Codec configuration: parameter sets of a picture, AudioSpecificConfig of AAC; may be empty. */
  byte[] configuration();

  /**
   * Whether a connection that announced {@code other} can go on with this by a new configuration.
   */
  boolean isSameCodecAs(StreamFormat other);
}
