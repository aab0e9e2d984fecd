package dev.livedub.testkit.rtsp;

import java.util.ArrayList;
import java.util.List;

/** What a path keeps back during a stall, bounded. Threading: under its path's lock. */
final class StallBuffer {

  private final int limitBytes;
  private List<InterleavedFrame> frames = new ArrayList<>();
  private int sizeBytes;
  private boolean stalled;

  StallBuffer(int limitBytes) {
    this.limitBytes = limitBytes;
  }

  void stall() {
    stalled = true;
  }

  boolean isStalled() {
    return stalled;
  }

  /** Keeps the frame; false if there is no room and it is lost. */
  boolean keep(InterleavedFrame frame) {
    if (sizeBytes + frame.bytes().length > limitBytes) {
      return false;
    }
    frames.add(frame);
    sizeBytes += frame.bytes().length;
    return true;
  }

  /** Ends the stall and hands over what was kept. */
  List<InterleavedFrame> release() {
    List<InterleavedFrame> kept = frames;
    frames = new ArrayList<>();
    sizeBytes = 0;
    stalled = false;
    return kept;
  }

  /** Forgets what was kept; the stall goes on. */
  void forget() {
    frames = new ArrayList<>();
    sizeBytes = 0;
  }
}
