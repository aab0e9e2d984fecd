package dev.livedub.orchestrator.http.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;

/**
 * Netty's decoder of requests, made strict, and telling when a request begins to arrive.
 *
 * <p><b>Threading:</b> its connection's event loop.
 */
final class RequestDecoder extends HttpRequestDecoder {

  private final Runnable onBytes;

  /**
   * @param onBytes called whenever something has arrived, before it is decoded
   */
  RequestDecoder(ServerLimits limits, Runnable onBytes) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(limits.lineBytes())
            .setMaxHeaderSize(limits.headerBytes()));
    this.onBytes = onBytes;
  }

  /** Whether a part of a request has arrived that is not decoded yet. */
  boolean holdsBytes() {
    return actualReadableBytes() > 0;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    onBytes.run();
    super.channelRead(context, message);
  }

  /**
   * Whoever believes the one length and whoever believes the other would see different requests.
   */
  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw new IllegalArgumentException("both Content-Length and Transfer-Encoding");
  }
}
