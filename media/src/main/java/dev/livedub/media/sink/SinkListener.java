package dev.livedub.media.sink;

import dev.livedub.media.ffmpeg.MediaException;

/** Is told how a sink fares; called on the sink's thread. */
public interface SinkListener {

  /** The first access unit has been written. */
  void onAir();

  /** The sink is given up. */
  void failed(Sink sink, MediaException cause);
}
