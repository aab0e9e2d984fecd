package dev.livedub.testkit.gemini;

import dev.livedub.testkit.gemini.voice.Mark;
import dev.livedub.testkit.gemini.voice.MarkedSource;
import dev.livedub.testkit.gemini.voice.MarkedSpeechReader;
import dev.livedub.testkit.gemini.voice.MarkedVoice;
import dev.livedub.testkit.gemini.wire.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/** A client that does as it is told, right or wrong, on the JDK's WebSocket. */
final class SimClient implements WebSocket.Listener, AutoCloseable {

  static final String SET_UP =
      """
      {"setup":{"model":"models/gemini-3.5-live-translate-preview",
        "generationConfig":{"responseModalities":["AUDIO"],
          "translationConfig":{"targetLanguageCode":"es","echoTargetLanguage":true}},
        "inputAudioTranscription":{},"outputAudioTranscription":{},
        "sessionResumption":{},"contextWindowCompression":{"slidingWindow":{}}}}
      """;

  private static final int CHUNK_SAMPLES = 1_600;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final GeminiSim sim;
  private final WebSocket socket;
  private final List<Map<String, Object>> messages = new CopyOnWriteArrayList<>();
  private final List<String> raw = new CopyOnWriteArrayList<>();
  private final List<Long> soundNanos = new CopyOnWriteArrayList<>();
  private final ByteArrayOutputStream partial = new ByteArrayOutputStream();
  private final ByteArrayOutputStream pcm = new ByteArrayOutputStream();
  private final CompletableFuture<Ending> ending = new CompletableFuture<>();
  private final CompletableFuture<Long> pong = new CompletableFuture<>();
  private final double speed;
  private final MarkedSource source = new MarkedSource(16_000, 4);
  private long spokenSamples;
  private final AtomicInteger textFrames = new AtomicInteger();
  private volatile boolean answersClose = true;

  /** How the connection ended: by a close frame, or by an error. */
  record Ending(int code, String reason, @Nullable Throwable error) {}

  private SimClient(GeminiSim sim, double speed, String url, String header, String value) {
    this.sim = sim;
    this.speed = speed;
    socket =
        HTTP.newWebSocketBuilder()
            .header(header, value)
            .buildAsync(URI.create(url), this)
            .orTimeout(10, TimeUnit.SECONDS)
            .join();
  }

  /** Connects with a good key. */
  static SimClient connect(GeminiSim sim, double speed) {
    return connect(sim, speed, "some-key");
  }

  /** Connects with a key. */
  static SimClient connect(GeminiSim sim, double speed, String key) {
    return new SimClient(sim, speed, sim.liveUrl(), "x-goog-api-key", key);
  }

  /** Connects to Vertex's address. */
  static SimClient connectToVertex(GeminiSim sim, double speed) {
    return new SimClient(sim, speed, sim.vertexUrl(), "Authorization", "Bearer some-token");
  }

  /** Connects, sets up, and waits until that was accepted. */
  static SimClient ready(GeminiSim sim, double speed) {
    SimClient client = connect(sim, speed);
    client.send(SET_UP);
    client.await(message -> message.containsKey("setupComplete"));
    return client;
  }

  /** Waits up to 10 s for what is soon. */
  static ConditionFactory eventually() {
    return Awaitility.await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .atMost(10, TimeUnit.SECONDS);
  }

  void send(String text) {
    socket.sendText(text, true).join();
  }

  void ping() {
    socket.sendPing(ByteBuffer.allocate(4)).join();
  }

  void abort() {
    socket.abort();
  }

  void closeNormally() {
    socket.sendClose(1000, "done").join();
  }

  void neverAnswerClose() {
    answersClose = false;
  }

  /** Speaks marked source at the pace of the simulator's clock, from where it stopped. */
  void speak(int seconds) {
    long startNanos = System.nanoTime();
    for (int i = 0; i < 10 * seconds && !ending.isDone(); i++) {
      long dueNanos = startNanos + (long) (i * 100e6 / speed);
      while (System.nanoTime() < dueNanos) {
        LockSupport.parkNanos(dueNanos - System.nanoTime());
      }
      sendChunk(source.pcm(spokenSamples, CHUNK_SAMPLES));
      spokenSamples += CHUNK_SAMPLES;
    }
  }

  /** Leaves out so much of the source. */
  void skip(int seconds) {
    spokenSamples += 16_000L * seconds;
  }

  void sendChunk(short[] samples) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(samples);
    try {
      send(audioMessage(bytes.array(), "audio/pcm;rate=16000"));
    } catch (CompletionException e) {
      ending.complete(new Ending(0, "", e));
    }
  }

  static String audioMessage(byte[] bytes, String mimeType) {
    return "{\"realtimeInput\":{\"audio\":{\"data\":\""
        + Base64.getEncoder().encodeToString(bytes)
        + "\",\"mimeType\":\""
        + mimeType
        + "\"}}}";
  }

  /** The numbers of the source that were spoken so far, as far as they were spoken out. */
  List<Integer> spokenNumbers() {
    return source.numbers(0, spokenSamples * 1_000_000 / 16_000 - 500_000);
  }

  /** What came so far. */
  List<Map<String, Object>> messages() {
    return List.copyOf(messages);
  }

  /** What came that was no JSON. */
  List<String> notJson() {
    return List.copyOf(raw);
  }

  /** When each message with sound came, {@link System#nanoTime}. */
  List<Long> soundNanos() {
    return List.copyOf(soundNanos);
  }

  int textFrames() {
    return textFrames.get();
  }

  Map<String, Object> await(Predicate<Map<String, Object>> what) {
    eventually().until(() -> messages.stream().anyMatch(what) || ending.isDone());
    return messages.stream().filter(what).findFirst().orElseThrow();
  }

  Ending awaitEnd() {
    return ending.orTimeout(10, TimeUnit.SECONDS).join();
  }

  boolean hasEnded() {
    return ending.isDone();
  }

  CompletableFuture<Long> pong() {
    return pong;
  }

  /** The dub so far. */
  synchronized short[] dub() {
    byte[] bytes = pcm.toByteArray();
    short[] samples = new short[bytes.length / 2];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
    return samples;
  }

  /** What is said in the dub so far. */
  List<Mark> marks() {
    return MarkedSpeechReader.read(dub(), 24_000, MarkedVoice.DUB);
  }

  /** The texts of one side so far. */
  List<String> texts(String side) {
    return messages.stream()
        .flatMap(message -> at(message, "serverContent", side, "text").stream())
        .map(String::valueOf)
        .toList();
  }

  /** The value under a path of names. */
  static Optional<Object> at(Map<String, Object> message, String... path) {
    Object value = message;
    for (String name : path) {
      value = value instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return Optional.ofNullable(value);
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    partial.writeBytes(bytes);
    if (last) {
      take(partial.toString(StandardCharsets.UTF_8));
      partial.reset();
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    partial.writeBytes(data.toString().getBytes(StandardCharsets.UTF_8));
    if (last) {
      textFrames.incrementAndGet();
      take(partial.toString(StandardCharsets.UTF_8));
      partial.reset();
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer payload) {
    pong.complete(System.nanoTime());
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    ending.complete(new Ending(code, reason, null));
    return answersClose ? null : new CompletableFuture<>();
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    ending.complete(new Ending(0, "", error));
  }

  @Override
  public void close() {
    socket.abort();
  }

  private void take(String text) {
    Map<String, Object> message;
    try {
      message = Json.parseObject(text);
    } catch (IOException e) {
      raw.add(text);
      return;
    }
    List<Object> parts = new ArrayList<>();
    at(message, "serverContent", "modelTurn", "parts")
        .ifPresent(all -> parts.addAll((List<?>) all));
    boolean sound = false;
    for (Object part : parts) {
      Object inline = ((Map<?, ?>) part).get("inlineData");
      if (inline instanceof Map<?, ?> data) {
        sound = true;
        synchronized (this) {
          pcm.writeBytes(Base64.getDecoder().decode(String.valueOf(data.get("data"))));
        }
      }
    }
    if (sound) {
      soundNanos.add(System.nanoTime());
    }
    messages.add(message);
  }

  GeminiSim sim() {
    return sim;
  }
}
