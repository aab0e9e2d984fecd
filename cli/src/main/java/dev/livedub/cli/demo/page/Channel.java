package dev.livedub.cli.demo.page;

import dev.livedub.testkit.mp4.Fragment;
import dev.livedub.testkit.mp4.FragmentListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A live stream for any number of viewers. One who comes late begins at the latest keyframe; one
 * who does not keep up is dropped, and nobody waits for them.
 *
 * <p><b>Threading:</b> any thread.
 */
public final class Channel implements FragmentListener {

  /** A keyframe comes each second; if none does for this long, late viewers wait for the next. */
  private static final int MOST_KEPT = 64;

  private final String name;
  private final List<Viewer> viewers = new ArrayList<>();
  private final List<byte[]> sinceKeyframe = new ArrayList<>();
  private Optional<String> mimeType = Optional.empty();
  private byte[] initSegment = new byte[0];

  /** A channel without a stream. */
  public Channel(String name) {
    this.name = name;
  }

  /** Its name in addresses. */
  String name() {
    return name;
  }

  @Override
  public synchronized void format(String newMimeType, byte[] newInitSegment) {
    mimeType = Optional.of(newMimeType);
    initSegment = newInitSegment;
    sinceKeyframe.clear();
    send(newInitSegment);
  }

  @Override
  public synchronized void fragment(Fragment fragment) {
    if (fragment.begins() || sinceKeyframe.size() == MOST_KEPT) {
      sinceKeyframe.clear();
    }
    if (fragment.begins() || !sinceKeyframe.isEmpty()) {
      sinceKeyframe.add(fragment.bytes());
    }
    send(fragment.bytes());
  }

  /** The stream's MIME type with its codecs; empty before it begins. */
  synchronized Optional<String> mimeType() {
    return mimeType;
  }

  /** Lets somebody watch from the latest keyframe on. */
  synchronized Viewer watch() {
    Viewer viewer = new Viewer();
    viewer.offer(initSegment);
    sinceKeyframe.forEach(viewer::offer);
    viewers.add(viewer);
    return viewer;
  }

  /** Somebody has left. */
  synchronized void leave(Viewer viewer) {
    viewers.remove(viewer);
  }

  /** How many watch. */
  synchronized int viewers() {
    return viewers.size();
  }

  private void send(byte[] bytes) {
    viewers.removeIf(viewer -> !viewer.offer(bytes));
  }
}
