package dev.livedub.testkit.rtmp;

/** The faults the sink can be ordered to have. */
public enum RtmpFault {
  /** The listening socket is closed. Hits are not countable: the kernel refuses. */
  REFUSE_CONNECTIONS,
  /** TCP is accepted and the handshake never answered; a hit is one connection. */
  IGNORE_HANDSHAKE,
  /** connect is answered by NetConnection.Connect.Rejected; a hit is one answer. */
  REJECT_CONNECT,
  /** publish is answered by an error; a hit is one answer. */
  DENY_PUBLISH,
  /** Publishers are cut off; a hit is one connection. */
  CLOSE_CONNECTIONS,
  /** Nothing is read while TCP stays open; a hit is one connection that came to wait. */
  STOP_READING
}
