package dev.livedub.media.rtsp;

import java.util.List;

/**
 * What came of asking a server to play.
 *
 * @param dialogue to go on with
 * @param uri of the whole session, for requests
 * @param description for the demuxer
 * @param routes from channels to tracks
 * @param keepAlive the sign of life that the server wants
 */
record Session(
    Dialogue dialogue,
    String uri,
    String description,
    List<PacketFlow.Route> routes,
    KeepAlive keepAlive) {}
