package dev.livedub.media.rtsp;

import java.util.List;

/**
 * One elementary stream of a session description.
 *
 * @param kind {@code audio} or {@code video}
 * @param control how requests name it; as written, may be empty
 * @param payloadType of the server's RTP packets
 * @param ownPayloadType of the packets as handed on, which no other track has
 * @param clockRateHz of the RTP timestamps
 * @param lines the description's lines that say how to read it, about {@code ownPayloadType}
 */
record MediaTrack(
    String kind,
    String control,
    int payloadType,
    int ownPayloadType,
    int clockRateHz,
    List<String> lines) {}
