package dev.livedub.testkit.rtsp;

/** The faults the relay can be ordered to have. */
public enum RtspFault {
  /** The listening socket is closed. Hits are not countable: the kernel refuses. */
  REFUSE_CONNECTIONS,
  /** TCP is accepted and nothing is read or answered; a hit is one connection. */
  IGNORE_CONNECTIONS,
  /** Requests for a path are read and not answered; a hit is one request. */
  IGNORE_REQUESTS,
  /** DESCRIBE is answered with an error; a hit is one answer. */
  DESCRIBE_ERROR,
  /** Players are cut off; a hit is one player. */
  KICK_PLAYERS,
  /** The publisher is cut off; a hit is one publisher. */
  KICK_PUBLISHER,
  /** Nothing is forwarded while TCP stays; a hit is one packet kept back. */
  STALL,
  /** What a stall kept back is thrown away; a hit is one packet. */
  STALL_DROPPED,
  /** What a stall kept back is delivered at once; a hit is one packet. */
  STALL_BURST,
  /** Random bytes go out between frames; a hit is one player that was sent them. */
  RUBBISH,
  /** Sender reports are thrown away; a hit is one report. */
  WITHHOLD_SENDER_REPORTS,
  /** Sender reports go out late; a hit is one report sent late. */
  DELAY_SENDER_REPORTS,
  /** An elementary stream is dropped for a time; a hit is one RTP or RTCP packet. */
  DROP_TRACK,
  /** RTP timestamps are moved; a hit is one RTP packet or sender report rewritten. */
  SHIFT_TIMESTAMPS,
  /** Every n-th RTP packet is dropped; a hit is one. */
  DROP_EVERY_NTH,
  /** A player did not keep up and was cut off; nobody orders this. A hit is one player. */
  SLOW_PLAYER
}
