package dev.livedub.orchestrator.http.server;

import dev.livedub.orchestrator.api.ApiException;
import dev.livedub.orchestrator.api.ProblemCode;
import dev.livedub.orchestrator.http.server.RequestAssembler.Progress;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: takes one request at a time, answers it, and only then reads on, so that answers
 * leave in the order of the requests and a client that does not wait is held up by TCP.
 *
 * <p>Every state but {@link State#LIVE} is left in bounded time.
 *
 * <p><b>Threading:</b> the connection's event loop.
 */
final class Connection extends ChannelInboundHandlerAdapter {

  /** Sent to all connections when the server ends. */
  enum Event {
    SERVER_ENDS
  }

  private enum State {
    /** For a request. */
    WAITING,
    /** A request has begun. */
    RECEIVING,
    /** A request is whole; its answer is being made or taken by the client. */
    ANSWERING,
    /** An answer that goes on. */
    LIVE,
    /** The last answer is written; what still comes is thrown away. */
    CLOSING
  }

  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  private final Channel channel;
  private final ServerLimits limits;
  private final RequestHandler handler;
  private final ConnectionBook book;
  private final ServerMeters meters;
  private final ResponseWriter responses;
  private final RequestAssembler assembler;
  private final RequestDecoder decoder;
  private final Queue<HttpObject> inbox = new ArrayDeque<>();
  private State state = State.WAITING;
  private long answersAwaited;
  private boolean pumping;
  private @Nullable Future<?> deadline;
  private @Nullable LiveWriter live;

  Connection(
      SocketChannel channel,
      ServerLimits limits,
      RequestHandler handler,
      ConnectionBook book,
      ServerMeters meters) {
    this.channel = channel;
    this.limits = limits;
    this.handler = handler;
    this.book = book;
    this.meters = meters;
    this.responses = new ResponseWriter(channel, meters);
    this.assembler = new RequestAssembler(limits, channel.pipeline().get(SslHandler.class) != null);
    this.decoder = new RequestDecoder(limits, this::onBytes);
  }

  /** What stands before this in the pipeline. */
  RequestDecoder decoder() {
    return decoder;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    within(limits.idle(), this::close);
    channel.read();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (state == State.LIVE || state == State.CLOSING || !(message instanceof HttpObject part)) {
      ReferenceCountUtil.release(message);
    } else {
      inbox.add(part);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    pump();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (live != null && channel.isWritable()) {
      live.flush();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    clearDeadline();
    inbox.forEach(ReferenceCountUtil::release);
    inbox.clear();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == Event.SERVER_ENDS) {
      if (live != null) {
        live.end();
      } else if (state == State.WAITING && !decoder.holdsBytes()) {
        close();
      }
    }
  }

  /** Nothing but broken connections and TLS that is none ends here; neither is worth a log line. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.debug("a connection failed", cause);
    close();
  }

  private void onBytes() {
    if (state == State.WAITING) {
      receive();
    }
  }

  private void receive() {
    state = State.RECEIVING;
    within(limits.request(), this::tooSlow);
  }

  /** Works off what has been read, and reads on as soon as more is wanted. */
  private void pump() {
    if (pumping) {
      return;
    }
    pumping = true;
    try {
      while (wantsInput() && !inbox.isEmpty()) {
        take(inbox.remove());
      }
    } finally {
      pumping = false;
    }
    if (state == State.WAITING && decoder.holdsBytes()) {
      receive();
    }
    if (state != State.ANSWERING) {
      channel.read();
    }
  }

  private boolean wantsInput() {
    return state == State.WAITING || state == State.RECEIVING;
  }

  private void take(HttpObject part) {
    if (state == State.WAITING) {
      receive();
    }
    Progress progress;
    try {
      progress = assembler.accept(part, (InetSocketAddress) channel.localAddress());
    } finally {
      ReferenceCountUtil.release(part);
    }
    if (progress instanceof Progress.Refused refused) {
      refuse(refused.refusal());
    } else if (progress instanceof Progress.Asks asks) {
      goOnOrRefuse(asks.head());
    } else if (progress instanceof Progress.Whole whole) {
      answer(whole.request());
    }
  }

  private void refuse(Refusal refusal) {
    lastAnswer(Problem.of(refusal.code(), refusal.detail(), assembler.requestId()));
  }

  private void tooSlow() {
    refuse(
        new Refusal(
            ProblemCode.REQUEST_TIMEOUT,
            "a request comes within " + limits.request().toMillis() + " ms"));
  }

  private void goOnOrRefuse(Request head) {
    Optional<Answer> refusal = handler.refusal(head);
    if (refusal.isPresent()) {
      lastAnswer(refusal.get());
    } else {
      responses.goOn();
    }
  }

  private void answer(Request request) {
    state = State.ANSWERING;
    book.busy(channel);
    long awaited = ++answersAwaited;
    CompletionStage<? extends Reply> reply;
    try {
      reply = handler.handle(request);
    } catch (RuntimeException e) {
      failed(e, request);
      return;
    }
    within(limits.answer(), () -> tooLate(request, awaited));
    reply.whenComplete(
        (answer, failure) -> {
          if (channel.eventLoop().inEventLoop()) {
            answered(request, awaited, answer, failure);
          } else {
            channel.eventLoop().execute(() -> answered(request, awaited, answer, failure));
          }
        });
  }

  private void answered(
      Request request, long awaited, @Nullable Reply reply, @Nullable Throwable failure) {
    if (awaited != answersAwaited || state != State.ANSWERING) {
      return; // it was given up before
    }
    answersAwaited++;
    clearDeadline();
    if (reply instanceof Answer answer) {
      write(answer, request);
    } else if (reply instanceof LiveAnswer answer) {
      goLive(answer, request);
    } else {
      failed(failure == null ? new IllegalStateException("no answer") : failure, request);
    }
  }

  private void tooLate(Request request, long awaited) {
    if (awaited == answersAwaited) {
      answersAwaited++;
      failed(new IllegalStateException("no answer in time"), request);
    }
  }

  private void failed(Throwable failure, Request request) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof ApiException refused) {
      write(
          Problem.of(refused.code(), String.valueOf(refused.getMessage()), request.id()), request);
      return;
    }
    LOG.atError()
        .addKeyValue("event", "http_request_failed")
        .addKeyValue("requestId", request.id())
        .setCause(cause)
        .log("a request could not be answered");
    write(
        Problem.of(ProblemCode.INTERNAL, "the log has more under this requestId", request.id()),
        request);
  }

  private void write(Answer answer, Request request) {
    boolean keepAlive = assembler.keepAlive() && !book.isClosing();
    ChannelFuture written = responses.write(answer, request.id(), manner(keepAlive));
    if (written.isDone()) {
      next(written, keepAlive);
    } else {
      within(limits.write(), this::close);
      ChannelFuture unused = written.addListener(done -> next(written, keepAlive));
    }
  }

  /** After an answer: waits for the next request, or ends. */
  private void next(ChannelFuture written, boolean keepAlive) {
    if (!keepAlive || !written.isSuccess()) {
      close();
      return;
    }
    state = State.WAITING;
    book.waits(channel);
    within(limits.idle(), this::close);
    pump();
  }

  /** Answers, and ends in a way that lets the client read the answer though it is still sending. */
  private void lastAnswer(Answer answer) {
    state = State.CLOSING;
    answersAwaited++;
    clearDeadline();
    within(limits.write(), this::close);
    ChannelFuture unused =
        responses
            .write(answer, assembler.requestId(), manner(false))
            .addListener(
                written -> {
                  within(limits.linger(), this::close);
                  endOutput();
                  channel.config().setAutoRead(true);
                });
  }

  private void endOutput() {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls != null) {
      ChannelFuture unused = tls.closeOutbound();
    } else if (channel instanceof SocketChannel socket && channel.isActive()) {
      ChannelFuture unused = socket.shutdownOutput();
    }
  }

  private void goLive(LiveAnswer answer, Request request) {
    if (assembler.headOnly()) {
      ChannelFuture unused =
          responses
              .begin(answer.contentType(), request.id(), manner(false))
              .addListener(written -> close());
      return;
    }
    LiveWriter writer = new LiveWriter(channel, limits, meters);
    LiveAnswer.Ending ending;
    try {
      ending = answer.source().begin(writer);
    } catch (ApiException | RuntimeException e) {
      failed(e, request);
      return;
    }
    state = State.LIVE;
    live = writer;
    ChannelFuture unused = channel.closeFuture().addListener(closed -> ending.close());
    ChannelFuture unusedHead = responses.begin(answer.contentType(), request.id(), manner(false));
    writer.begin();
    if (book.isClosing()) {
      writer.end();
    }
    // So that it is noticed when the client goes.
    channel.config().setAutoRead(true);
  }

  private ResponseWriter.Manner manner(boolean keepAlive) {
    return new ResponseWriter.Manner(keepAlive, assembler.headOnly(), assembler.chunkedAnswer());
  }

  private void close() {
    ChannelFuture unused = channel.close();
  }

  private void within(Duration limit, Runnable otherwise) {
    clearDeadline();
    deadline = channel.eventLoop().schedule(otherwise, limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void clearDeadline() {
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
  }
}
