package dev.livedub.testkit.gemini.fault;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of fault; each is one row of the documentation's table. */
public enum FaultKind {
  /** The listening socket is closed for a while: connections are refused. */
  UNREACHABLE,
  /** The HTTP upgrade is answered with a status; a hit is one answer. */
  REFUSE_UPGRADE,
  /** The HTTP upgrade is never answered; a hit is one request. */
  IGNORE_UPGRADE,
  /** More sessions than this at once are refused with 429; a hit is one refusal. */
  CONCURRENCY_CAP,
  /** setupComplete comes late; a hit is one set-up. */
  SLOW_SET_UP,
  /** setupComplete never comes; a hit is one set-up. */
  NO_SET_UP,
  /** The connection is closed with a code and a reason; a hit is one close frame. */
  CLOSE,
  /** TCP reset; a hit is one connection. */
  RESET,
  /** TCP FIN without a close frame; a hit is one connection. */
  FIN,
  /** Nothing is read from the socket any more; a hit is one connection. */
  STOP_READING,
  /** The client's close frame is not answered and the socket stays; a hit is one such frame. */
  IGNORE_CLOSE,
  /** Pings are answered late; a hit is one pong. */
  SLOW_PONGS,
  /** Pings are never answered; a hit is one ping. */
  NO_PONGS,
  /** No output for a while; a hit is one message held back or lost. */
  STALL,
  /** Output is held back and then comes fast, again and again; a hit is one message held back. */
  BURSTS,
  /** Output runs faster or slower than real time; a hit is one chunk. */
  OUTPUT_RATE,
  /** The translation comes later and later; a hit is one syllable said late. */
  GROWING_LAG,
  /** All samples are 0; a hit is one chunk. */
  ALL_ZERO,
  /** A loud tone instead of speech; a hit is one chunk. */
  STUCK_TONE,
  /** The voice is louder or quieter; a hit is one chunk. */
  GAIN,
  /** Transcripts come, sound does not; a hit is one chunk left out. */
  NO_AUDIO,
  /** As NO_AUDIO, but only if the session was resumed by a handle; a hit is one such session. */
  POISONED_RESUME,
  /** Fragments of transcript come twice, out of order or cumulative; a hit is one fragment. */
  TRANSCRIPTS,
  /** Chunks are cut in the middle of a sample; a hit is one odd chunk. */
  ODD_PCM,
  /** Chunks without data come between the others; a hit is one. */
  EMPTY_DATA,
  /** Chunks come as two parts; a hit is one message. */
  TWO_PARTS,
  /** A message of more than 2 MB; a hit is one. */
  HUGE_MESSAGE,
  /** A message that is not JSON; a hit is one. */
  MALFORMED_JSON,
  /** Messages with fields that nobody knows; a hit is one. */
  UNKNOWN_FIELDS,
  /** A message that says there was an error; a hit is one. */
  ERROR_MESSAGE,
  /** Messages come in text frames; a hit is one. */
  TEXT_FRAMES,
  /** goAway comes, in some form, or does not; a hit is one goAway, or one left out. */
  GO_AWAY;

  /** The name in scripts, in the control API and in the documentation. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The kind of that name. */
  public static Optional<FaultKind> ofLabel(String label) {
    return Arrays.stream(values()).filter(kind -> kind.label().equals(label)).findFirst();
  }
}
