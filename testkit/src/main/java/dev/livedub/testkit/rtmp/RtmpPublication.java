package dev.livedub.testkit.rtmp;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What one connection published, from publish to its end; a reconnect is another publication.
 *
 * <p>Threading: written by the connection's thread, read by anyone. Nothing is added once it has
 * ended.
 */
public final class RtmpPublication {

  private final String stream;
  private final String query;
  private final int number;
  private final int maxTags;
  private final long startedNanos;
  private final @Nullable FlvFile file;
  private final Optional<Path> dump;
  private final Deque<RtmpTag> tags = new ArrayDeque<>();
  private final Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
  private long totalTags;
  private long totalBytes;
  private OptionalLong endedNanos = OptionalLong.empty();
  private String endReason = "";

  RtmpPublication(
      String stream,
      String query,
      int number,
      int maxTags,
      @Nullable FlvFile file,
      Optional<Path> dump) {
    this.stream = stream;
    this.query = query;
    this.number = number;
    this.maxTags = maxTags;
    this.file = file;
    this.dump = dump;
    startedNanos = System.nanoTime();
  }

  /** Application and stream name, such as {@code live/demo/out}. */
  public String stream() {
    return stream;
  }

  /** What stood behind the question mark of the stream's name; perhaps empty. */
  public String query() {
    return query;
  }

  /** Counted per stream from 1. */
  public int number() {
    return number;
  }

  /** {@link System#nanoTime} when publish was granted. */
  public long startedNanos() {
    return startedNanos;
  }

  /** When it ended; empty while it lasts. */
  public synchronized OptionalLong endedNanos() {
    return endedNanos;
  }

  /** Why it ended, for a person; empty while it lasts. */
  public synchronized String endReason() {
    return endReason;
  }

  /** The FLV file, whole once the publication has ended; empty if none is written. */
  public Optional<Path> dump() {
    return dump;
  }

  /** All tags kept, in order of arrival. */
  public synchronized List<RtmpTag> tags() {
    return List.copyOf(tags);
  }

  /** The coded pictures or sound frames among the tags kept. */
  public synchronized List<RtmpTag> media(TagKind kind) {
    return tags.stream().filter(tag -> tag.kind() == kind && tag.coded()).toList();
  }

  /** How many tags came, kept or not. */
  public synchronized long totalTags() {
    return totalTags;
  }

  /** How many bytes the bodies of all tags had. */
  public synchronized long totalBytes() {
    return totalBytes;
  }

  /** The latest onMetaData: numbers as Double, booleans, strings, maps and lists. */
  public synchronized Map<String, @Nullable Object> metadata() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /**
   * Takes a tag, unless the publication has ended.
   *
   * @param offset where the body begins in {@code bytes}
   */
  synchronized void add(RtmpTag tag, int type, byte[] bytes, int offset) throws IOException {
    if (endedNanos.isPresent()) {
      return;
    }
    if (tags.size() == maxTags) {
      tags.removeFirst();
    }
    tags.addLast(tag);
    totalTags++;
    totalBytes += tag.sizeBytes();
    if (file != null) {
      file.write(type, tag.timestampMillis(), bytes, offset);
    }
  }

  synchronized void metadata(Map<?, ?> latest) {
    metadata.clear();
    latest.forEach((key, value) -> metadata.put(String.valueOf(key), value));
  }

  /** Ends it and completes the file; nothing the second time. */
  synchronized void end(String reason) throws IOException {
    if (endedNanos.isPresent()) {
      return;
    }
    endedNanos = OptionalLong.of(System.nanoTime());
    endReason = reason;
    if (file != null) {
      file.close();
    }
  }
}
