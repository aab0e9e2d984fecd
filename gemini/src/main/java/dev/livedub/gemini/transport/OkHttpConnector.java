package dev.livedub.gemini.transport;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import okhttp3.Dispatcher;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Connections by OkHttp, one client for all.
 *
 * <p><b>Threading:</b> each connection occupies a thread of the given pool, its reader, for as long
 * as it lives; what is queued is written by a pool of OkHttp's, which grows to about a thread a
 * connection. Nothing here blocks its caller.
 *
 * <p><b>Ownership:</b> the pool and the timer stay their owner's, who closes this first.
 */
public final class OkHttpConnector implements Connector {

  /** OkHttp's own limit of 64 would keep further sessions waiting without a word. */
  private static final int MAX_CONNECTIONS = 4_096;

  private final OkHttpClient client;
  private final ScheduledExecutorService timer;
  private final TransportSettings settings;

  /** A connector whose readers run on the pool and whose deadlines run on the timer. */
  public OkHttpConnector(
      ExecutorService readers, ScheduledExecutorService timer, TransportSettings settings) {
    this.timer = timer;
    this.settings = settings;
    Dispatcher dispatcher = new Dispatcher(readers);
    dispatcher.setMaxRequests(MAX_CONNECTIONS);
    dispatcher.setMaxRequestsPerHost(MAX_CONNECTIONS);
    client =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            .socketFactory(new TunedSocketFactory())
            .connectTimeout(settings.connectTimeout())
            .readTimeout(settings.ioTimeout())
            .writeTimeout(settings.ioTimeout())
            .pingInterval(settings.pingInterval())
            // A redirect would carry the key to another host.
            .followRedirects(false)
            .followSslRedirects(false)
            .addInterceptor(OkHttpConnector::offerNoCompression)
            .build();
  }

  @Override
  public Connection connect(ConnectRequest request, ConnectionListener listener) {
    Request.Builder upgrade = new Request.Builder().url(request.url());
    request.headers().forEach(upgrade::header);
    OkHttpConnection connection = new OkHttpConnection(listener, timer, settings.closeTimeout());
    connection.start(client, upgrade.build());
    return connection;
  }

  @Override
  public void close() {
    client.dispatcher().cancelAll();
    client.connectionPool().evictAll();
  }

  /** Sound does not compress, and trying costs more than everything else about a message. */
  private static Response offerNoCompression(Interceptor.Chain chain) throws java.io.IOException {
    return chain.proceed(
        chain.request().newBuilder().removeHeader("Sec-WebSocket-Extensions").build());
  }
}
