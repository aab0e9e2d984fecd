package dev.livedub.gemini.session;

import dev.livedub.core.translate.SpeechChunk;
import dev.livedub.core.translate.Translator.SendResult;
import dev.livedub.gemini.config.CredentialsException;
import dev.livedub.gemini.config.Secret;
import dev.livedub.gemini.config.ServiceAccess;
import dev.livedub.gemini.config.SessionSettings;
import dev.livedub.gemini.protocol.ServerMessageReader;
import dev.livedub.gemini.protocol.ServerPart;
import dev.livedub.gemini.session.CloseClassifier.Circumstances;
import dev.livedub.gemini.session.SessionEnd.Kind;
import dev.livedub.gemini.session.SessionEnd.Phase;
import dev.livedub.gemini.transport.ConnectRequest;
import dev.livedub.gemini.transport.Connection;
import dev.livedub.gemini.transport.ConnectionFailure;
import dev.livedub.gemini.transport.ConnectionListener;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A session over a WebSocket.
 *
 * <p><b>Threading:</b> the connection's reader hears the service, a shared timer watches deadlines,
 * any thread may call. The lock guards the state and is held for a few instructions; events are
 * delivered outside it.
 */
final class WebSocketSession implements LiveSession {

  private final SessionResources shared;
  private final ServiceAccess access;
  private final SessionSettings settings;
  private final Optional<String> resumeHandle;
  private final String setUp;
  private final OutboundSound sound;
  private final ServerMessageReader reader = new ServerMessageReader();

  private SessionState state = SessionState.NEW;
  private boolean closeAsked;
  private boolean resumable;
  private long openedNanos;
  private long readyNanos;
  private List<Secret> secrets = List.of();
  private @Nullable Connection connection;
  private @Nullable Future<?> deadline;
  private volatile @Nullable EventDelivery events;

  WebSocketSession(
      SessionResources shared,
      ServiceAccess access,
      SessionSettings settings,
      Optional<String> resumeHandle,
      String setUp) {
    this.shared = shared;
    this.access = access;
    this.settings = settings;
    this.resumeHandle = resumeHandle;
    this.setUp = setUp;
    this.sound = new OutboundSound(settings.maxBacklog());
  }

  @Override
  public void open(SessionListener listener) {
    synchronized (this) {
      if (events != null) {
        throw new IllegalStateException("opened twice");
      }
      events = new EventDelivery(listener);
      openedNanos = shared.ticker().nanos();
      advance(closeAsked ? SessionState.CLOSING : SessionState.CONNECTING);
      expect(settings.setUpTimeout(), this::onSetUpTimeout);
    }
    try {
      shared.background().execute(this::connect);
    } catch (RejectedExecutionException e) {
      finish(Kind.PLANNED, SessionEnd.NO_CODE, "the client is closed");
    }
  }

  @Override
  public SendResult send(SpeechChunk chunk) {
    return events == null ? SendResult.UNAVAILABLE : sound.offer(chunk);
  }

  @Override
  public void endAudio() {
    sound.end();
    flushRest();
  }

  @Override
  public long sentMicros() {
    return sound.sentMicros();
  }

  @Override
  public Duration backlog() {
    return sound.backlog();
  }

  @Override
  public void close() {
    sound.stop();
    Connection open;
    boolean connected;
    synchronized (this) {
      boolean again = closeAsked || state == SessionState.ENDED;
      closeAsked = true;
      EventDelivery opened = events;
      if (again || opened == null) {
        return;
      }
      opened.silence();
      connected = state.phase() != Phase.UPGRADE;
      open = connection;
      advance(SessionState.CLOSING);
      expect(
          connected ? shared.closeDeadline() : Duration.ZERO,
          () -> finish(Kind.PLANNED, SessionEnd.NO_CODE, "closed by this side"));
    }
    if (open != null && connected) {
      open.close();
    } else if (open != null) {
      open.cancel();
    }
  }

  /** Runs where waiting is allowed. */
  private void connect() {
    if (stateNow() != SessionState.CONNECTING) {
      finish(Kind.PLANNED, SessionEnd.NO_CODE, "closed before it was opened");
      return;
    }
    try {
      Map<String, Secret> headers = access.credentials().headers();
      keepSecret(headers);
      keep(shared.connector().connect(request(headers), new Wire()));
    } catch (CredentialsException e) {
      finish(e.isRetryable() ? Kind.RETRY : Kind.FATAL, SessionEnd.NO_CODE, words(e));
    } catch (RuntimeException e) {
      finish(Kind.FATAL, SessionEnd.NO_CODE, "cannot connect: " + e);
    }
  }

  private ConnectRequest request(Map<String, Secret> secretHeaders) {
    Map<String, String> headers = new LinkedHashMap<>();
    secretHeaders.forEach((name, value) -> headers.put(name, value.reveal()));
    return new ConnectRequest(access.url().text(), headers);
  }

  private static String words(CredentialsException e) {
    Throwable cause = e.getCause();
    return cause == null ? String.valueOf(e.getMessage()) : e.getMessage() + ": " + cause;
  }

  private synchronized void keepSecret(Map<String, Secret> headers) {
    List<Secret> all = new ArrayList<>(headers.values());
    resumeHandle.ifPresent(handle -> all.add(new Secret(handle)));
    secrets = all;
  }

  private void keep(Connection begun) {
    boolean late;
    synchronized (this) {
      connection = begun;
      late = state.compareTo(SessionState.CLOSING) >= 0;
    }
    if (late) {
      begun.cancel();
    }
  }

  /** What the connection says. */
  private final class Wire implements ConnectionListener {
    @Override
    public void onOpen(Connection opened) {
      keep(opened);
      if (advance(SessionState.SETTING_UP)) {
        opened.send(setUp);
      }
    }

    @Override
    public void onMessage(ByteBuffer utf8) {
      reader.read(utf8).forEach(WebSocketSession.this::onPart);
    }

    @Override
    public void onClosed(int code, String reason) {
      Kind kind = CloseClassifier.ofClose(circumstances(), code, reason);
      finish(kind, code, reason.isBlank() ? "closed without a reason" : reason);
    }

    @Override
    public void onFailed(ConnectionFailure failure) {
      boolean refused = failure.httpStatus() != ConnectionFailure.NO_STATUS;
      boolean planned = circumstances().leaving();
      Kind lost = planned ? Kind.PLANNED : Kind.RETRY;
      Kind kind = refused ? CloseClassifier.ofHttpStatus(failure.httpStatus()) : lost;
      finish(kind, failure.httpStatus(), failure.message());
    }
  }

  private void onPart(ServerPart part) {
    if (part instanceof ServerPart.SetupComplete) {
      onReady();
    } else if (part instanceof ServerPart.Refusal refusal) {
      onRefusal(refusal);
    } else if (part instanceof ServerPart.GoAway) {
      advance(SessionState.GOING_AWAY);
    } else if (part instanceof ServerPart.Resumption update) {
      keepResumable(update.resumable());
    }
    SessionEvents.of(part).ifPresent(this::deliver);
  }

  private void onReady() {
    Connection ready;
    Duration took;
    synchronized (this) {
      ready = connection;
      if (ready == null || !advance(SessionState.LIVE)) {
        return;
      }
      readyNanos = shared.ticker().nanos();
      took = Duration.ofNanos(readyNanos - openedNanos);
      forgetDeadline();
    }
    deliver(new SessionEvent.Ready(took));
    sound.start(ready);
  }

  private void onRefusal(ServerPart.Refusal refusal) {
    finish(
        CloseClassifier.ofRefusal(circumstances(), refusal.code(), refusal.message()),
        refusal.code(),
        refusal.message());
    hangUp(false);
  }

  private void onSetUpTimeout() {
    String seconds = settings.setUpTimeout().toMillis() / 1000.0 + " s";
    finish(Kind.RETRY, SessionEnd.NO_CODE, "not ready within " + seconds);
    hangUp(true);
  }

  private void hangUp(boolean atOnce) {
    Connection open;
    synchronized (this) {
      open = connection;
    }
    if (open != null && atOnce) {
      open.cancel();
    } else if (open != null) {
      open.close();
    }
  }

  /** Sends what waits behind the end of the sound, which nobody offers a chunk after. */
  private void flushRest() {
    if (sound.flush()) {
      Future<?> unused =
          shared.timer().schedule(this::flushRest, SpeechChunk.MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void deliver(SessionEvent event) {
    EventDelivery to = events;
    if (to != null) {
      to.deliver(event);
    }
  }

  private void finish(Kind kind, int code, String reason) {
    SessionEnd end;
    synchronized (this) {
      if (state == SessionState.ENDED) {
        return;
      }
      Kind meant = closeAsked ? Kind.PLANNED : kind;
      boolean worthResuming =
          resumable && (meant == Kind.RETRY || meant == Kind.BACK_OFF || meant == Kind.PLANNED);
      end =
          new SessionEnd(
              meant, state.phase(), code, PlainReason.of(reason, secrets), worthResuming);
      advance(SessionState.ENDED);
      forgetDeadline();
    }
    sound.stop();
    deliver(new SessionEvent.Ended(end));
  }

  private synchronized Circumstances circumstances() {
    Duration liveFor =
        readyNanos == 0 ? Duration.ZERO : Duration.ofNanos(shared.ticker().nanos() - readyNanos);
    boolean leaving = state.phase() == Phase.CLOSING;
    return new Circumstances(state.phase(), resumeHandle.isPresent(), leaving, liveFor);
  }

  private synchronized void keepResumable(boolean now) {
    resumable = now;
  }

  private synchronized SessionState stateNow() {
    return state;
  }

  /** Returns whether the session went on to a state it had not reached. */
  private synchronized boolean advance(SessionState next) {
    boolean forward = next.compareTo(state) > 0;
    if (forward) {
      state = next;
    }
    return forward;
  }

  private synchronized void expect(Duration within, Runnable otherwise) {
    forgetDeadline();
    deadline = shared.timer().schedule(otherwise, within.toNanos(), TimeUnit.NANOSECONDS);
  }

  private synchronized void forgetDeadline() {
    Future<?> pending = deadline;
    if (pending != null) {
      pending.cancel(false);
    }
  }
}
