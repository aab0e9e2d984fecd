package dev.livedub.testkit.clip;

/** The sound codecs a clip can carry, and the encoder of the bindings that makes each. */
public enum SoundCodec {
  AAC("aac"),
  OPUS("libopus"),
  MP3("libmp3lame"),
  PCM_ALAW("pcm_alaw"),
  PCM_MULAW("pcm_mulaw");

  private final String encoderName;

  SoundCodec(String encoderName) {
    this.encoderName = encoderName;
  }

  /** FFmpeg's name of the encoder. */
  public String encoderName() {
    return encoderName;
  }
}
