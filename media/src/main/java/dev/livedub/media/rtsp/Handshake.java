package dev.livedub.media.rtsp;

import dev.livedub.core.log.MaskedUrl;
import dev.livedub.media.rtsp.RtspException.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Everything from the first request to the answer to PLAY (RFC 2326, 10).
 *
 * <p><b>Threading:</b> one owner. Call {@link #describe}, then, unless it redirects, {@link #play}.
 */
final class Handshake {

  private static final Map<String, String> NO_MORE_HEADERS = Map.of();
  private static final Duration DEFAULT_SESSION_TIMEOUT = Duration.ofSeconds(60); // RFC 2326, 12.37
  private static final Pattern SESSION =
      Pattern.compile("(?i)([^;\\s]+)(?:.*?;\\s*timeout\\s*=\\s*(\\d{1,6}))?.*");
  private static final int OK = 200;

  private final RtspUrl url;
  private final Dialogue dialogue;
  private final long dueNanos;
  private Optional<String> publicMethods = Optional.empty();
  private String baseUri;
  private SessionDescription description = new SessionDescription("", List.of());
  private Duration sessionTimeout = DEFAULT_SESSION_TIMEOUT;

  Handshake(RtspUrl url, Dialogue dialogue, long dueNanos) {
    this.url = url;
    this.dialogue = dialogue;
    this.dueNanos = dueNanos;
    this.baseUri = url.requestUri();
  }

  /** Asks what there is; an address if the server sends its clients elsewhere. */
  Optional<RtspUrl> describe() throws IOException, RtspException {
    RtspMessage options = ask("OPTIONS", url.requestUri(), NO_MORE_HEADERS);
    if (options.status() == OK) {
      publicMethods = Optional.of(options.header("Public"));
    }
    RtspMessage answer = ask("DESCRIBE", url.requestUri(), Map.of("Accept", "application/sdp"));
    String location = answer.header("Location");
    if (answer.status() / 100 == 3 && !location.isEmpty()) {
      return Optional.of(url.redirectedTo(location));
    }
    check("DESCRIBE", answer);
    baseUri = baseOf(answer);
    description = SessionDescription.parse(answer.body());
    if (description.tracks().isEmpty()) {
      boolean somethingElse = answer.body().contains("m=");
      throw new RtspException(
          somethingElse ? Reason.UNSUPPORTED : Reason.STATUS,
          "it describes neither picture nor sound in plain RTP");
    }
    return Optional.empty();
  }

  private String baseOf(RtspMessage answer) {
    for (String header : new String[] {"Content-Base", "Content-Location"}) {
      String base = answer.header(header);
      if (!base.isEmpty()) {
        return RtspUrl.control(url.requestUri(), base);
      }
    }
    return url.requestUri();
  }

  /** Has the server send. */
  Session play() throws IOException, RtspException {
    List<MediaTrack> tracks = description.tracks();
    List<Channels> channels = new ArrayList<>();
    for (int i = 0; i < tracks.size(); i++) {
      channels.add(setUp(tracks.get(i), Channels.ofTrack(i)));
    }
    String uri = RtspUrl.control(baseUri, description.control());
    RtspMessage answer = ask("PLAY", uri, Map.of("Range", "npt=0.000-"));
    check("PLAY", answer);
    return new Session(
        dialogue,
        uri,
        description.forDemuxer(),
        routes(channels, answer.header("RTP-Info")),
        new KeepAlive(sessionTimeout, keepAliveMethod(), System.nanoTime()));
  }

  private Channels setUp(MediaTrack track, Channels asked) throws IOException, RtspException {
    RtspMessage answer = ask("SETUP", trackUri(track), Map.of("Transport", asked.transport()));
    check("SETUP", answer);
    Matcher session = SESSION.matcher(answer.header("Session"));
    if (session.matches()) {
      dialogue.session(session.group(1));
      if (session.group(2) != null) {
        sessionTimeout = Duration.ofSeconds(Math.max(1, Long.parseLong(session.group(2))));
      }
    }
    return Channels.parse(answer.header("Transport"), asked)
        .orElseThrow(() -> new RtspException(Reason.STATUS, "the server does not send over TCP"));
  }

  private String trackUri(MediaTrack track) {
    return RtspUrl.control(baseUri, track.control());
  }

  private List<PacketFlow.Route> routes(List<Channels> channels, String rtpInfo) {
    ReportClock clock = new ReportClock();
    List<PacketFlow.Route> routes = new ArrayList<>();
    for (int i = 0; i < channels.size(); i++) {
      MediaTrack track = description.tracks().get(i);
      RtpTrack flowing =
          new RtpTrack(
              track,
              SessionDescription.sourceOf(i),
              clock,
              RtpInfo.rtpTime(rtpInfo, baseUri, trackUri(track)));
      routes.add(new PacketFlow.Route(flowing, channels.get(i)));
    }
    return routes;
  }

  private String keepAliveMethod() {
    boolean understood = publicMethods.filter(list -> list.contains("GET_PARAMETER")).isPresent();
    return understood ? "GET_PARAMETER" : "OPTIONS";
  }

  private RtspMessage ask(String method, String uri, Map<String, String> headers)
      throws IOException, RtspException {
    return dialogue.ask(method, uri, headers, dueNanos);
  }

  private void check(String method, RtspMessage answer) throws RtspException {
    int status = answer.status();
    if (status == OK) {
      return;
    }
    Reason reason = status == 401 || status == 403 ? Reason.DENIED : Reason.STATUS;
    String words = MaskedUrl.inText(MaskedUrl.without(answer.statusText(), url.requestUri()));
    throw new RtspException(reason, "the server answered " + words + " to " + method);
  }
}
