package dev.livedub.testkit.net;

import java.io.IOException;
import java.net.Socket;

/** The two ways a TCP peer goes away. */
public enum Hangup {
  /** An orderly end: what was sent arrives, then the end of the stream. */
  FIN,
  /** A reset: what is under way is lost and the peer sees an error. */
  RST;

  /**
   * Ends the connection this way. FIN closes the sending side only, because a close with unread
   * input would become a reset: whoever reads goes on to the peer's own end and closes then.
   */
  public void apply(Socket socket) {
    try {
      if (this == FIN) {
        socket.shutdownOutput();
      } else {
        socket.setSoLinger(true, 0);
        socket.close();
      }
    } catch (IOException e) {
      closeQuietly(socket);
    }
  }

  /** Closes; a connection that fails to close is gone as well. */
  public static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // Nobody is left to be told.
      return;
    }
  }
}
