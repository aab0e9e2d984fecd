package dev.livedub.bench.gemini;

import com.google.genai.AsyncSession;
import com.google.genai.Client;
import com.google.genai.types.AudioTranscriptionConfig;
import com.google.genai.types.Blob;
import com.google.genai.types.ClientOptions;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.LiveConnectConfig;
import com.google.genai.types.LiveSendRealtimeInputParameters;
import com.google.genai.types.LiveServerMessage;
import com.google.genai.types.Modality;
import com.google.genai.types.TranslationConfig;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/** The SDK's own session, as its documentation uses it. */
final class SdkSpeaker implements Speaker {

  private static final int MAX_SESSIONS = 4_096;

  private final CompletableFuture<AsyncSession> session;
  private final AtomicLong heardSamples = new AtomicLong();

  SdkSpeaker(Client client, String model) {
    LiveConnectConfig config =
        LiveConnectConfig.builder()
            .responseModalities(new Modality(Modality.Known.AUDIO))
            .translationConfig(TranslationConfig.builder().targetLanguageCode("es").build())
            .inputAudioTranscription(AudioTranscriptionConfig.builder().build())
            .outputAudioTranscription(AudioTranscriptionConfig.builder().build())
            .build();
    session =
        client
            .async
            .live
            .connect(model, config)
            .thenCompose(ready -> ready.receive(this::hear).thenApply(none -> ready));
  }

  /** A client of the SDK that talks to this machine in the clear, which it has no option for. */
  static Client client(int port) {
    Dispatcher dispatcher = new Dispatcher();
    dispatcher.setMaxRequests(MAX_SESSIONS);
    OkHttpClient http =
        new OkHttpClient.Builder().dispatcher(dispatcher).addInterceptor(SdkSpeaker::clear).build();
    return Client.builder()
        .apiKey("simulator")
        .httpOptions(HttpOptions.builder().baseUrl("https://127.0.0.1:" + port).build())
        .clientOptions(ClientOptions.builder().customHttpClient(http).build())
        .build();
  }

  @Override
  public void say(short[] samples, long mediaMicros) {
    AsyncSession ready = session.getNow(null);
    if (ready == null) {
      return;
    }
    byte[] pcm = new byte[2 * samples.length];
    for (int i = 0; i < samples.length; i++) {
      pcm[2 * i] = (byte) samples[i];
      pcm[2 * i + 1] = (byte) (samples[i] >> 8);
    }
    var unused =
        ready.sendRealtimeInput(
            LiveSendRealtimeInputParameters.builder()
                .audio(Blob.builder().data(pcm).mimeType("audio/pcm;rate=16000").build())
                .build());
  }

  @Override
  public long heardSamples() {
    return heardSamples.get();
  }

  @Override
  public void close() {
    AsyncSession ready = session.getNow(null);
    if (ready != null) {
      var unused = ready.close();
    }
  }

  private void hear(LiveServerMessage message) {
    message
        .serverContent()
        .flatMap(content -> content.modelTurn())
        .flatMap(turn -> turn.parts())
        .ifPresent(
            parts ->
                parts.forEach(
                    part ->
                        part.inlineData()
                            .flatMap(blob -> blob.data())
                            .ifPresent(data -> heardSamples.addAndGet(data.length / 2))));
  }

  private static Response clear(Interceptor.Chain chain) throws java.io.IOException {
    HttpUrl url = chain.request().url().newBuilder().scheme("http").build();
    return chain.proceed(chain.request().newBuilder().url(url).build());
  }
}
