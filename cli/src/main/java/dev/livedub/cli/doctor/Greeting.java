package dev.livedub.cli.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The first words of a protocol, by which a server shows that it speaks it. */
enum Greeting {
  /** RFC 2326, section 10.1. */
  RTSP(8_554) {
    @Override
    byte[] words(URI address) {
      return ("OPTIONS " + address + " RTSP/1.0\r\nCSeq: 1\r\n\r\n")
          .getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    boolean isAnswer(byte[] first) {
      return new String(first, StandardCharsets.US_ASCII).startsWith("RTSP/1.0");
    }
  },
  /** C0 and C1; S0 is the version. RTMP 1.0, sections 5.2.2 and 5.2.3. */
  RTMP(1_935) {
    @Override
    byte[] words(URI address) {
      byte[] words = new byte[1 + C1_BYTES];
      words[0] = VERSION;
      return words;
    }

    @Override
    boolean isAnswer(byte[] first) {
      return first[0] == VERSION;
    }
  };

  private static final int C1_BYTES = 1_536;
  private static final byte VERSION = 3;
  private static final int PATIENCE_MILLIS = 2_000;

  private final int defaultPort;

  Greeting(int defaultPort) {
    this.defaultPort = defaultPort;
  }

  abstract byte[] words(URI address);

  abstract boolean isAnswer(byte[] first);

  /**
   * Greets a server.
   *
   * @throws IOException if it cannot be reached, or answers in another way; says which
   */
  void say(URI address) throws IOException {
    try (Socket socket = new Socket()) {
      int port = address.getPort() < 0 ? defaultPort : address.getPort();
      socket.connect(new InetSocketAddress(address.getHost(), port), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(words(address));
      InputStream in = socket.getInputStream();
      byte[] first = in.readNBytes(8);
      if (first.length == 0 || !isAnswer(first)) {
        throw new IOException(
            "what answers does not speak " + name() + ", it said " + Arrays.toString(first));
      }
    }
  }
}
