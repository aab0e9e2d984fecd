package dev.livedub.testkit.rtsp;

import dev.livedub.testkit.net.Hangup;
import dev.livedub.testkit.net.Sessions;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One peer, publisher or player, from its first request to its end.
 *
 * <p>Threading: everything happens on the thread that calls {@link #run}. Ownership: owns its
 * connection and what it published.
 */
final class RtspSession implements Sessions.Session {

  private static final String PUBLIC =
      "OPTIONS, DESCRIBE, ANNOUNCE, SETUP, PLAY, PAUSE, RECORD, GET_PARAMETER, SET_PARAMETER,"
          + " TEARDOWN";
  private static final String DESCRIPTION_TYPE = "application/sdp";

  private final RtspConnection connection;
  private final RtspRelayOptions options;
  private final Function<String, Optional<RelayPath>> paths;
  private final String id;
  private @Nullable RelayPath path;
  private @Nullable Publication publication;
  private @Nullable Player player;
  private String baseUrl = "";
  private int publisherChannels;
  private boolean recording;
  private boolean playing;
  private boolean over;

  RtspSession(
      RtspConnection connection,
      RtspRelayOptions options,
      Function<String, Optional<RelayPath>> paths,
      String id) {
    this.connection = connection;
    this.options = options;
    this.paths = paths;
    this.id = id;
  }

  @Override
  public void run() {
    try (connection) {
      serve();
    } catch (IOException e) {
      // A peer that went away or fell silent ends its session; there is nobody to answer.
      over = true;
    } finally {
      leave();
    }
  }

  @Override
  public void hangUp() {
    connection.hangUp(Hangup.RST);
  }

  private void serve() throws IOException {
    try {
      connection.readTimeout(options.sessionTimeout());
      Inbound inbound = connection.input().next();
      while (inbound != null) {
        take(inbound);
        inbound = over ? null : connection.input().next();
      }
    } catch (ProtocolException e) {
      byte[] bytes = RtspReply.of(400).encode("0");
      connection.write(bytes, bytes.length);
    }
  }

  private void take(Inbound inbound) throws IOException {
    if (inbound instanceof InterleavedFrame frame) {
      takeFrame(frame);
    } else if (inbound instanceof RtspRequest request) {
      takeRequest(request);
    }
  }

  /** Hands on all packets that arrived together; those of players are receiver reports. */
  private void takeFrame(InterleavedFrame first) throws IOException {
    if (!recording || path == null || publication == null) {
      return;
    }
    List<InterleavedFrame> frames = new ArrayList<>();
    frames.add(first);
    while (connection.input().frameBuffered()
        && connection.input().next() instanceof InterleavedFrame frame) {
      frames.add(frame);
    }
    path.accept(publication, frames);
  }

  private void takeRequest(RtspRequest request) throws IOException {
    Optional<RelayPath> named = paths.apply(request.path());
    if (named.isPresent() && named.get().faults().ignoresRequest()) {
      return;
    }
    RtspReply reply =
        switch (request.method()) {
          case "OPTIONS" -> RtspReply.ok().header("Public", PUBLIC);
          case "GET_PARAMETER", "SET_PARAMETER" -> RtspReply.ok();
          case "ANNOUNCE" -> announce(request, named);
          case "DESCRIBE" -> describe(request, named);
          case "SETUP" -> setUp(request);
          case "RECORD" -> record();
          case "PLAY" -> play();
          case "PAUSE" -> pause();
          case "TEARDOWN" -> tearDown();
          default -> RtspReply.of(501);
        };
    send(request, reply);
    if (playing && player != null) {
      player.start("rtsp-player-" + id);
    }
  }

  private void send(RtspRequest request, RtspReply reply) throws IOException {
    if (publication != null) {
      long timeoutSeconds = Math.max(1, options.sessionTimeout().toSeconds());
      reply.header("Session", id + ";timeout=" + timeoutSeconds);
    }
    byte[] bytes = reply.header("Server", "livedub-testkit").encode(request.header("cseq"));
    connection.write(bytes, bytes.length);
  }

  private RtspReply announce(RtspRequest request, Optional<RelayPath> named) {
    if (publication != null) {
      return RtspReply.of(455);
    }
    SessionDescription description = SessionDescription.parse(request.bodyText());
    if (named.isEmpty() || description.tracks().isEmpty()) {
      return RtspReply.of(400);
    }
    path = named.get();
    publication = path.announce(connection, description);
    return RtspReply.ok();
  }

  private RtspReply describe(RtspRequest request, Optional<RelayPath> named) {
    int status = named.map(there -> there.faults().describeStatus()).orElse(404);
    if (status == 401) {
      return RtspReply.of(status).header("WWW-Authenticate", "Basic realm=\"livedub\"");
    }
    Publication described = named.map(RelayPath::publication).orElse(null);
    if (status != 200 || described == null) {
      return RtspReply.of(status == 200 ? 404 : status);
    }
    baseUrl = request.uri().replaceAll("/+$", "");
    return RtspReply.ok()
        .header("Content-Base", baseUrl + "/")
        .body(DESCRIPTION_TYPE, described.description().forPlayers());
  }

  private RtspReply setUp(RtspRequest request) {
    boolean publishing = publication != null && player == null;
    return publishing ? setUpPublisher(request) : setUpPlayer(request);
  }

  private RtspReply setUpPublisher(RtspRequest request) {
    Publication announced = publication;
    Optional<RelayTrack> track =
        announced == null ? Optional.empty() : announced.byControl(request.uri());
    Optional<TransportHeader> transport =
        TransportHeader.parse(request.header("transport"), publisherChannels);
    if (track.isEmpty() || transport.isEmpty()) {
      return RtspReply.of(track.isEmpty() ? 404 : 461);
    }
    publisherChannels = transport.get().rtcpChannel() + 1;
    track.get().channels(transport.get());
    return RtspReply.ok().header("Transport", transport.get().format() + ";mode=record");
  }

  private RtspReply setUpPlayer(RtspRequest request) {
    RelayPath wanted = path != null ? path : paths.apply(request.path()).orElse(null);
    Publication described =
        publication != null || wanted == null ? publication : wanted.publication();
    Optional<RelayTrack> track =
        described == null ? Optional.empty() : described.byTrackId(request.uri());
    if (wanted == null || described == null || track.isEmpty()) {
      return RtspReply.of(404);
    }
    Player mine = player != null ? player : wanted.newPlayer(connection);
    Optional<TransportHeader> transport =
        TransportHeader.parse(request.header("transport"), mine.freeChannel());
    if (transport.isEmpty() || playing) {
      return RtspReply.of(playing ? 455 : 461);
    }
    mine.setUp(track.get().index(), transport.get());
    path = wanted;
    publication = described;
    player = mine;
    return RtspReply.ok().header("Transport", transport.get().format());
  }

  private RtspReply record() throws IOException {
    if (path == null || publication == null || player != null || recording) {
      return RtspReply.of(455);
    }
    connection.readTimeout(options.publisherTimeout());
    path.publish(publication);
    recording = true;
    return RtspReply.ok();
  }

  private RtspReply play() {
    if (path == null || publication == null || player == null || !player.hasTracks()) {
      return RtspReply.of(455);
    }
    String rtpInfo = path.attach(player, publication, baseUrl);
    if (rtpInfo == null) {
      return RtspReply.of(404);
    }
    playing = true;
    RtspReply reply = RtspReply.ok().header("Range", "npt=now-");
    return options.rtpInfo() && !rtpInfo.isEmpty() ? reply.header("RTP-Info", rtpInfo) : reply;
  }

  private RtspReply pause() {
    if (path != null && player != null && playing) {
      path.detach(player);
      playing = false;
    } else if (path != null && publication != null && recording) {
      path.unpublish(publication);
      recording = false;
    } else {
      return RtspReply.of(455);
    }
    return RtspReply.ok();
  }

  private RtspReply tearDown() {
    over = true;
    return RtspReply.ok();
  }

  private void leave() {
    if (path != null && player != null) {
      path.detach(player);
      player.end(Hangup.RST);
    } else if (path != null && publication != null) {
      path.unpublish(publication);
    }
  }
}
