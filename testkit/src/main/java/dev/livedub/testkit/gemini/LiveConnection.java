package dev.livedub.testkit.gemini;

import dev.livedub.testkit.gemini.OutputStage.Outgoing;
import dev.livedub.testkit.gemini.fault.FaultKind;
import dev.livedub.testkit.gemini.fault.FaultPlan;
import dev.livedub.testkit.gemini.fault.FaultPlan.Moment;
import dev.livedub.testkit.gemini.fault.KnownClose;
import dev.livedub.testkit.gemini.fault.SimFault;
import dev.livedub.testkit.gemini.record.ClientFault;
import dev.livedub.testkit.gemini.record.SessionLog;
import dev.livedub.testkit.gemini.record.SessionRecord.Side;
import dev.livedub.testkit.gemini.wire.ClientMessage;
import dev.livedub.testkit.gemini.wire.Refusal;
import dev.livedub.testkit.gemini.wire.ServerMessage;
import dev.livedub.testkit.gemini.wire.SetupRequest;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket: the order of messages, set-up, sound, and the faults that were planned for it.
 *
 * <p><b>Threading</b>: its channel's event loop; {@link #order} from any thread.
 */
final class LiveConnection extends SimpleChannelInboundHandler<WebSocketFrame> {

  private static final Duration LEAST_SET_UP = Duration.ofMillis(200);
  private static final int SET_UP_SPREAD_MILLIS = 250;
  private static final Duration QUOTA_AFTER = Duration.ofMillis(800);
  private static final Duration BAD_LANGUAGE_AFTER = Duration.ofSeconds(3);

  private final SimHub hub;
  private final SessionLog log;
  private final KeyVerdict key;
  private final SetUpRules rules;
  private final List<FaultPlan> plans;
  private final Random random;
  private final Wire wire;
  private Phase phase = Phase.OPEN;
  private Duration setUpTook;
  private @Nullable LiveSession session;
  private @Nullable SessionLife life;
  private boolean ignoresClose;
  private boolean answersPings = true;
  private SimFault.@Nullable SlowPongs slowPongs;

  /** How far the connection has come. */
  private enum Phase {
    OPEN,
    SETTING_UP,
    LIVE
  }

  /**
   * A connection.
   *
   * @param plans the faults that were claimed for it
   */
  LiveConnection(
      SimHub hub,
      SessionLog log,
      KeyVerdict key,
      SetUpRules rules,
      Wire wire,
      List<FaultPlan> plans) {
    this.hub = hub;
    this.log = log;
    this.key = key;
    this.rules = rules;
    this.wire = wire;
    this.plans = new ArrayList<>(plans);
    random = new Random(hub.options().seed() ^ 31L * log.connection());
    setUpTook = LEAST_SET_UP.plusMillis(random.nextInt(SET_UP_SPREAD_MILLIS));
  }

  /** Lets a plan for the connections that are open take effect. Any thread. */
  void order(FaultPlan plan) {
    wire.loop().execute(() -> accept(plan));
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
    hub.recorder().bytes(log, frame.content().readableBytes(), 0);
    if (frame instanceof PingWebSocketFrame) {
      pong(frame.content().copy());
    } else if (frame instanceof CloseWebSocketFrame close) {
      clientCloses(close);
    } else if (!(frame instanceof PongWebSocketFrame)) {
      message(frame.content().toString(StandardCharsets.UTF_8));
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    end();
    wire.gone();
    hub.closed(log.connection());
    hub.recorder().ended(log, true);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    log.ending(Side.CLIENT, 0, String.valueOf(cause.getMessage()));
    ChannelFuture unused = context.close();
  }

  private void message(String text) {
    if (wire.isClosing()) {
      if (text.contains("\"audio\"")) {
        wire.audioAfterClose();
      }
      return;
    }
    try {
      accept(ClientMessage.parse(text));
    } catch (Refusal refusal) {
      report(ClientFault.REFUSED_MESSAGE, refusal.code() + " " + refusal.reason());
      close(refusal.code(), refusal.reason(), false);
    }
  }

  private void accept(ClientMessage message) throws Refusal {
    if (message instanceof ClientMessage.SetUp setUp) {
      if (phase != Phase.OPEN) {
        report(ClientFault.WRONG_BEGINNING, "set-up twice");
        throw Refusal.invalidArgument();
      }
      setUp(setUp.request());
    } else if (phase == Phase.OPEN) {
      report(ClientFault.WRONG_BEGINNING, "no set-up first");
      throw Refusal.invalidArgument();
    } else if (phase == Phase.SETTING_UP) {
      report(ClientFault.AUDIO_BEFORE_SETUP_COMPLETE, "dropped");
    } else if (message instanceof ClientMessage.Audio audio) {
      audio(audio);
    } else {
      LiveSession live = session;
      if (live != null) {
        live.streamEnd();
      }
    }
  }

  private void audio(ClientMessage.Audio audio) {
    LiveSession live = session;
    SessionLife clock = life;
    if (live == null || clock == null) {
      return;
    }
    clock.audio();
    live.audio(audio);
    List<FaultPlan> due = new ArrayList<>();
    for (Iterator<FaultPlan> waiting = plans.iterator(); waiting.hasNext(); ) {
      FaultPlan plan = waiting.next();
      if (plan.moment() == Moment.MODEL_TIME
          && plan.offset().toNanos() / 1_000 <= live.modelMicros()) {
        waiting.remove();
        due.add(plan);
      }
    }
    due.forEach(plan -> suffer(plan.fault()));
  }

  private void setUp(SetupRequest request) throws Refusal {
    phase = Phase.SETTING_UP;
    log.asked(request.model(), request.targetLanguage(), request.handle().isPresent());
    plans.stream()
        .filter(plan -> plan.moment() == Moment.BEFORE_SET_UP && !concernsSetUp(plan.fault()))
        .forEach(plan -> later(plan.offset(), () -> suffer(plan.fault())));
    rules.check(request);
    HandleRegistry.Origin origin = rules.origin(request);
    Optional<KnownClose> refused = key.close();
    if (refused.isPresent() && key != KeyVerdict.NO_QUOTA) {
      close(refused.get().code(), refused.get().reason(), false);
      return;
    }
    for (FaultPlan plan : plans) {
      if (plan.fault().kind() == FaultKind.NO_SET_UP) {
        hub.faults().hit(FaultKind.NO_SET_UP);
        return;
      }
      if (plan.fault() instanceof SimFault.SlowSetUp slow) {
        hub.faults().hit(FaultKind.SLOW_SET_UP);
        setUpTook = slow.after();
      }
    }
    later(setUpTook, () -> ready(request, origin));
  }

  private void ready(SetupRequest request, HandleRegistry.Origin origin) {
    if (wire.isClosing()) {
      return;
    }
    wire.send(ServerMessage.of(ServerMessage.setupComplete()), false);
    hub.recorder().ready(log);
    phase = Phase.LIVE;
    OutputStage stage = new OutputStage(hub.clock(), wire.loop(), this::send, hub.faults()::hit);
    session =
        new LiveSession(
            hub, log, request, stage, new InputWatch(hub.options(), this::report), origin);
    life = SessionLife.begin(hub, wire, known -> close(known), this::mute);
    if (rules.diesLater(request)) {
      later(BAD_LANGUAGE_AFTER, () -> close(KnownClose.INVALID_ARGUMENT));
    }
    if (key == KeyVerdict.NO_QUOTA) {
      later(QUOTA_AFTER, () -> close(KnownClose.QUOTA));
    }
    if (!request.compresses()) {
      rules.remaining(origin).ifPresent(left -> later(left, () -> close(KnownClose.DEADLINE)));
    }
    List<FaultPlan> afterSetUp =
        plans.stream().filter(plan -> plan.moment() == Moment.AFTER_SET_UP).toList();
    afterSetUp.forEach(this::accept);
    plans.removeAll(afterSetUp);
    if (request.handle().isEmpty()) {
      plans.removeIf(plan -> plan.fault().kind() == FaultKind.POISONED_RESUME);
    }
  }

  private void accept(FaultPlan plan) {
    if (plan.moment() == Moment.MODEL_TIME) {
      plans.add(plan);
    } else if (!plan.offset().isZero()) {
      later(plan.offset(), () -> suffer(plan.fault()));
    } else {
      suffer(plan.fault());
    }
  }

  private static boolean concernsSetUp(SimFault fault) {
    return switch (fault.kind()) {
      case REFUSE_UPGRADE, IGNORE_UPGRADE, SLOW_SET_UP, NO_SET_UP -> true;
      default -> false;
    };
  }

  private void suffer(SimFault fault) {
    if (wire.isGone() || concernsSetUp(fault)) {
      return;
    }
    LiveSession live = session;
    switch (fault.kind()) {
      case RESET, FIN -> hangUp(fault.kind());
      case NO_PONGS -> answersPings = false;
      case IGNORE_CLOSE -> ignoresClose = true;
      case POISONED_RESUME -> poison();
      default -> {
        if (fault instanceof SimFault.Close close) {
          hub.faults().hit(FaultKind.CLOSE);
          close(close.code(), close.reason(), close.leaveOpen());
        } else if (fault instanceof SimFault.StopReading stop) {
          hub.faults().hit(FaultKind.STOP_READING);
          wire.stopReading(stop.lasts());
        } else if (fault instanceof SimFault.SlowPongs slow) {
          slowPongs = slow;
        } else if (fault instanceof SimFault.GoAway goAway && life != null) {
          hub.faults().hit(FaultKind.GO_AWAY);
          life.goAway(goAway.form(), goAway.timeLeft());
        } else if (live != null) {
          live.suffer(fault);
        }
      }
    }
  }

  private void hangUp(FaultKind kind) {
    hub.faults().hit(kind);
    log.ending(Side.SERVICE, 0, kind.label());
    end();
    if (kind == FaultKind.RESET) {
      wire.reset();
    } else {
      wire.fin();
    }
  }

  private void poison() {
    LiveSession live = session;
    if (live != null && log.snapshot().resumed()) {
      hub.faults().hit(FaultKind.POISONED_RESUME);
      live.suffer(new SimFault.NoAudio(SimFault.FOR_EVER));
    }
  }

  private void close(KnownClose known) {
    close(known.code(), known.reason(), false);
  }

  private void close(int code, String reason, boolean leaveOpen) {
    if (!wire.isClosing()) {
      end();
      wire.close(code, reason, leaveOpen);
    }
  }

  private void clientCloses(CloseWebSocketFrame frame) {
    end();
    if (wire.isClosing()) {
      wire.closeAnswered();
    } else if (ignoresClose) {
      hub.faults().hit(FaultKind.IGNORE_CLOSE);
      wire.closedByClient(frame, false);
    } else {
      wire.closedByClient(frame, true);
    }
  }

  private void pong(ByteBuf payload) {
    if (!answersPings || wire.isClosing()) {
      hub.faults().hit(FaultKind.NO_PONGS, answersPings ? 0 : 1);
      payload.release();
      return;
    }
    SimFault.SlowPongs slow = slowPongs;
    hub.faults().hit(FaultKind.SLOW_PONGS, slow == null ? 0 : 1);
    Duration least = slow == null ? hub.options().pongLeast() : slow.least();
    Duration most = slow == null ? hub.options().pongMost() : slow.most();
    double part = random.nextDouble();
    Duration after = least.plusNanos((long) (part * most.minus(least).toNanos()));
    hub.clock().later(wire.loop(), after, () -> wire.pong(payload));
  }

  private void send(Outgoing message) {
    LiveSession live = session;
    if (live != null && !wire.isClosing()) {
      wire.send(message.json(), live.speaksText());
      log.output(message.soundMicros());
      message.syllables().forEach(log::spoken);
    }
  }

  private void mute() {
    LiveSession live = session;
    if (live != null) {
      live.close();
    }
  }

  /** Nothing more is said, whoever ends the connection. */
  private void end() {
    mute();
    SessionLife clock = life;
    if (clock != null) {
      clock.end();
    }
  }

  private void later(Duration after, Runnable task) {
    hub.clock()
        .later(
            wire.loop(),
            after,
            () -> {
              if (!wire.isGone()) {
                task.run();
              }
            });
  }

  private void report(ClientFault fault, String detail) {
    hub.recorder().fault(fault, log.connection(), detail);
  }
}
