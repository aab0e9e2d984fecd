package dev.livedub.testkit.gemini;

import dev.livedub.core.translate.SpeechChunk;
import dev.livedub.testkit.gemini.OutputStage.Outgoing;
import dev.livedub.testkit.gemini.fault.FaultKind;
import dev.livedub.testkit.gemini.fault.SimFault;
import dev.livedub.testkit.gemini.model.LiveModel;
import dev.livedub.testkit.gemini.model.ModelEvent;
import dev.livedub.testkit.gemini.record.SessionLog;
import dev.livedub.testkit.gemini.wire.ClientMessage;
import dev.livedub.testkit.gemini.wire.ServerMessage;
import dev.livedub.testkit.gemini.wire.SetupRequest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A session from setupComplete on: input to the interpreter, what it says to the output stage.
 *
 * <p><b>Threading</b>: the connection's event loop only.
 */
final class LiveSession {

  private static final long CHUNK_MICROS = 250_000;
  private static final int HUGE_CHARS = 2 * 1_024 * 1_024;

  private final SimHub hub;
  private final SessionLog log;
  private final LiveModel model;
  private final OutputStage stage;
  private final InputWatch watch;
  private final HandleRegistry.Origin origin;
  private final Jitter jitter;
  private final Set<FaultKind> oddities = EnumSet.noneOf(FaultKind.class);
  private byte @Nullable [] carry;
  private String usage = "";
  private long promptTokens;
  private long responseTokens;
  private long lateSyllables;

  LiveSession(
      SimHub hub,
      SessionLog log,
      SetupRequest request,
      OutputStage stage,
      InputWatch watch,
      HandleRegistry.Origin origin) {
    this.hub = hub;
    this.log = log;
    this.stage = stage;
    this.watch = watch;
    this.origin = origin;
    long seed = hub.options().seed() * 1_000_003 + log.connection();
    jitter = hub.options().jitter() ? Jitter.measured(~seed) : Jitter.none();
    model = new LiveModel(hub.options().model(), request, seed, this::heard);
  }

  /** How much sound it was given. */
  long modelMicros() {
    return model.modelMicros();
  }

  /** Sound came. */
  void audio(ClientMessage.Audio audio) {
    long nowNanos = hub.clock().nanos();
    watch.chunk(audio.pcm().length, audio.sampleRateHz(), nowNanos);
    short[] samples = new short[audio.pcm().length / 2];
    ByteBuffer.wrap(audio.pcm()).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
    long soundMicros = samples.length * 1_000_000L / SpeechChunk.SAMPLE_RATE_HZ;
    log.input(soundMicros);
    List<ModelEvent> events = model.hear(samples);
    long fromMicros = model.modelMicros() - soundMicros;
    for (ModelEvent event : events) {
      // The input comes in pieces, the output is even: it follows the input through the piece.
      say(event, nowNanos + Math.max(0, event.atMicros() - fromMicros) * 1_000);
    }
    long late = model.lateSyllables() - lateSyllables;
    lateSyllables += late;
    hub.faults().hit(FaultKind.GROWING_LAG, late);
  }

  /** The client said that no more sound comes for now. */
  void streamEnd() {
    watch.streamEnd();
  }

  /** Nothing is sent any more. */
  void close() {
    stage.close();
  }

  /** Lets a fault of the output take effect. */
  void suffer(SimFault fault) {
    if (fault instanceof SimFault.Stall stall) {
      stage.stall(stall.lasts().toNanos(), stall.burst());
    } else if (fault instanceof SimFault.Bursts bursts) {
      stage.burst(bursts.hold().toNanos(), bursts.speed());
    } else if (fault instanceof SimFault.OutputRate rate) {
      model.rate(rate.factor());
    } else if (fault instanceof SimFault.GrowingLag lag) {
      model.growLag(lag.millisPerMinute());
    } else if (fault instanceof SimFault.AllZero zero) {
      model.zero(zero.lasts());
    } else if (fault instanceof SimFault.StuckTone tone) {
      model.tone(tone.lasts());
    } else if (fault instanceof SimFault.Gain gain) {
      model.gain(gain.factor());
    } else if (fault instanceof SimFault.NoAudio none) {
      model.noSound(none.lasts());
    } else if (fault instanceof SimFault.Transcripts transcripts) {
      model.disturbWords(transcripts.disorder());
    } else {
      sufferOddity(fault.kind());
    }
  }

  private void sufferOddity(FaultKind kind) {
    switch (kind) {
      case HUGE_MESSAGE ->
          sayOnce(
              kind,
              ServerMessage.of(
                  ServerMessage.modelTurn(
                      List.of(ServerMessage.textPart("x".repeat(HUGE_CHARS))))));
      case MALFORMED_JSON -> sayOnce(kind, "{\"serverContent\":{\"modelTurn\":{\"parts\":[{");
      case ERROR_MESSAGE ->
          sayOnce(
              kind,
              ServerMessage.of(
                  ServerMessage.error(500, "Internal error encountered.", "INTERNAL")));
      default -> oddities.add(kind);
    }
  }

  private void sayOnce(FaultKind kind, String json) {
    hub.faults().hit(kind);
    stage.offer(new Outgoing(hub.clock().nanos(), json, 0, List.of()));
  }

  private void heard(int number) {
    log.heard(number);
    watch.heard(number);
  }

  private void say(ModelEvent event, long dueNanos) {
    if (event instanceof ModelEvent.Sound sound) {
      say(sound, dueNanos);
    } else if (event instanceof ModelEvent.SourceWords words) {
      disturbed();
      send(dueNanos, ServerMessage.inputTranscription(words.text(), words.language()));
    } else if (event instanceof ModelEvent.TargetWords words) {
      if (words.text().isEmpty()) {
        send(dueNanos, ServerMessage.emptyOutputTranscription());
      } else {
        disturbed();
        send(dueNanos, ServerMessage.outputTranscription(words.text(), words.language()));
      }
    } else if (event instanceof ModelEvent.Usage tokens) {
      count(tokens, dueNanos);
    } else {
      String handle = hub.handles().issue(origin);
      send(dueNanos, ServerMessage.resumptionUpdate(handle, true));
    }
  }

  private void disturbed() {
    hub.faults().hit(FaultKind.TRANSCRIPTS, model.wordsAreDisturbed() ? 1 : 0);
  }

  /** Usage rides on the next message with sound, if one is to come. */
  private void count(ModelEvent.Usage tokens, long dueNanos) {
    if (!hub.options().cumulativeUsage()) {
      promptTokens = 0;
      responseTokens = 0;
    }
    promptTokens += tokens.inputTokens();
    responseTokens += tokens.outputTokens();
    String counted = ServerMessage.usage(promptTokens, responseTokens);
    if (tokens.outputTokens() == 0 || model.isSoundless(tokens.atMicros())) {
      send(dueNanos, counted);
    } else {
      usage = counted;
    }
  }

  private void say(ModelEvent.Sound sound, long dueNanos) {
    if (model.isSoundless(sound.atMicros())) {
      hub.faults().hit(FaultKind.NO_AUDIO);
      return;
    }
    boolean silenced = countImpairments(sound);
    if (hits(FaultKind.EMPTY_DATA)) {
      send(dueNanos, ServerMessage.modelTurn(List.of(ServerMessage.audioPart(new byte[0]))));
    }
    String turn = ServerMessage.modelTurn(parts(bytes(sound.samples())));
    String json = usage.isEmpty() ? ServerMessage.of(turn) : ServerMessage.of(turn, usage);
    usage = "";
    stage.offer(
        new Outgoing(
            dueNanos + jitter.nextNanos(),
            disfigured(json),
            CHUNK_MICROS,
            silenced ? List.of() : sound.syllables()));
  }

  /** Whether nothing of what was to be said can be heard. */
  private boolean countImpairments(ModelEvent.Sound sound) {
    LiveModel.Impairment impairment = model.impairment(sound.atMicros());
    hub.faults().hit(FaultKind.ALL_ZERO, impairment.zero() ? 1 : 0);
    hub.faults().hit(FaultKind.STUCK_TONE, impairment.tone() ? 1 : 0);
    hub.faults().hit(FaultKind.GAIN, impairment.gain() ? 1 : 0);
    hub.faults().hit(FaultKind.OUTPUT_RATE, impairment.rate() ? 1 : 0);
    return impairment.zero() || impairment.tone();
  }

  private List<String> parts(byte[] pcm) {
    if (!hits(FaultKind.TWO_PARTS)) {
      return List.of(ServerMessage.audioPart(pcm));
    }
    int half = pcm.length / 4 * 2;
    List<String> parts = new ArrayList<>();
    parts.add(ServerMessage.audioPart(Arrays.copyOf(pcm, half)));
    parts.add(ServerMessage.audioPart(Arrays.copyOfRange(pcm, half, pcm.length)));
    return parts;
  }

  /** Odd chunks lose nothing: the byte that one lacks is the first of the next. */
  private byte[] bytes(short[] samples) {
    ByteBuffer pcm = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    pcm.asShortBuffer().put(samples);
    byte[] before = carry;
    if (before != null) {
      carry = null;
      hub.faults().hit(FaultKind.ODD_PCM);
      return ByteBuffer.allocate(1 + pcm.capacity()).put(before).put(pcm.array()).array();
    }
    if (!hits(FaultKind.ODD_PCM)) {
      return pcm.array();
    }
    carry = new byte[] {pcm.get(pcm.capacity() - 1)};
    return Arrays.copyOf(pcm.array(), pcm.capacity() - 1);
  }

  private void send(long dueNanos, String member) {
    stage.offer(new Outgoing(dueNanos, disfigured(ServerMessage.of(member)), 0, List.of()));
  }

  private String disfigured(String json) {
    return hits(FaultKind.UNKNOWN_FIELDS)
        ? "{\"futureField\":{\"a\":[1,null,\"x\"]},"
            + json.substring(1)
                .replaceFirst("\"serverContent\":\\{", "\"serverContent\":{\"anotherField\":true,")
        : json;
  }

  private boolean hits(FaultKind kind) {
    boolean has = oddities.contains(kind);
    hub.faults().hit(kind, has ? 1 : 0);
    return has;
  }

  /** Whether messages come in text frames. */
  boolean speaksText() {
    return hits(FaultKind.TEXT_FRAMES);
  }
}
