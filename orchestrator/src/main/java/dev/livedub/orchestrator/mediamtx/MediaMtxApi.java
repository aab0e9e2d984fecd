package dev.livedub.orchestrator.mediamtx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.livedub.core.log.MaskedUrl;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks MediaMTX's control API what is published. User and password, where the API wants any, stand
 * in the address.
 *
 * <p><b>Threading:</b> one thread; calls block, at most a few seconds each.
 */
public final class MediaMtxApi {

  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration ANSWER = Duration.ofSeconds(3);
  private static final int PAGE_ITEMS = 500;
  private static final int MAX_PAGES = 40;
  private static final int MAX_QUERY_CHARS = 16_384;

  /** Where the API lists the publishers of a kind. */
  private static final Map<String, String> SESSIONS =
      Map.of(
          "rtmpConn", "rtmpconns",
          "rtmpsConn", "rtmpsconns",
          "rtspSession", "rtspsessions",
          "rtspsSession", "rtspssessions",
          "srtConn", "srtconns",
          "webRTCSession", "webrtcsessions");

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(CONNECT).version(HttpClient.Version.HTTP_1_1).build();
  private final String base;
  private final Optional<String> authorization;

  /**
   * An API that was not asked yet.
   *
   * @param address such as {@code http://127.0.0.1:9997}
   */
  public MediaMtxApi(String address) {
    URI uri = URI.create(address);
    String user = uri.getRawUserInfo();
    this.base = user == null ? address : address.replace(user + "@", "");
    this.authorization = Optional.ofNullable(uri.getUserInfo()).map(MediaMtxApi::basic);
  }

  /** The address asked, without secrets. */
  public String shownAddress() {
    return MaskedUrl.of(base);
  }

  /**
   * All ingest paths on which somebody publishes.
   *
   * @throws IOException if it does not answer as MediaMTX does
   */
  public List<ObservedPath> ingests() throws IOException, InterruptedException {
    List<ObservedPath> paths = new ArrayList<>();
    int pages = 1;
    for (int page = 0; page < pages; page++) {
      JsonNode answer = get("/v3/paths/list?itemsPerPage=" + PAGE_ITEMS + "&page=" + page);
      pages = Math.min(MAX_PAGES, answer.path("pageCount").asInt(0));
      if (!answer.path("items").isArray()) {
        throw new IOException("an answer without a list of paths");
      }
      answer.path("items").forEach(item -> observed(item).ifPresent(paths::add));
    }
    return paths;
  }

  /**
   * The query with which a publisher came; empty if it had none, or is gone.
   *
   * @throws IOException if it does not answer as MediaMTX does
   */
  public String queryOf(ObservedPath path) throws IOException, InterruptedException {
    String kind = SESSIONS.get(path.sourceType());
    if (kind == null || path.sourceId().isEmpty()) {
      return "";
    }
    String id = URLEncoder.encode(path.sourceId(), StandardCharsets.UTF_8);
    String query = get("/v3/" + kind + "/get/" + id).path("query").asText("");
    return query.length() <= MAX_QUERY_CHARS ? query : "";
  }

  /**
   * Which MediaMTX it is, such as {@code v1.20.1}; empty if it is too old to say.
   *
   * @throws IOException if it does not answer as MediaMTX does
   */
  public String version() throws IOException, InterruptedException {
    return get("/v3/info").path("version").asText("");
  }

  /**
   * What is configured of paths, in the order in which MediaMTX looks for one that fits.
   *
   * @throws IOException if it does not answer as MediaMTX does
   */
  public List<PathSettings> pathSettings() throws IOException, InterruptedException {
    List<PathSettings> settings = new ArrayList<>();
    get("/v3/config/paths/list?itemsPerPage=" + PAGE_ITEMS)
        .path("items")
        .forEach(item -> settings.add(PathSettings.of(item)));
    return settings;
  }

  private static Optional<ObservedPath> observed(JsonNode item) {
    // Where MediaMTX plays a filler while nobody publishes, a path is available, but not online.
    boolean published = item.path(item.has("online") ? "online" : "ready").asBoolean();
    JsonNode source = item.path("source");
    return published
        ? MediaMtxPaths.streamOf(item.path("name").asText())
            .map(
                streamId ->
                    new ObservedPath(
                        streamId, source.path("type").asText(""), source.path("id").asText("")))
        : Optional.empty();
  }

  private JsonNode get(String target) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + target)).timeout(ANSWER);
    authorization.ifPresent(value -> request.header("Authorization", value));
    HttpResponse<byte[]> response;
    try {
      response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (HttpTimeoutException e) {
      throw new IOException("no answer in time", e);
    }
    if (response.statusCode() != 200) {
      throw new IOException("status " + response.statusCode());
    }
    return json.readTree(response.body());
  }

  private static String basic(String userInfo) {
    byte[] bytes = userInfo.getBytes(StandardCharsets.UTF_8);
    return "Basic " + java.util.Base64.getEncoder().encodeToString(bytes);
  }
}
