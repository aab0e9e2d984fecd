package dev.livedub.testkit.rtsp;

/**
 * What a path did so far.
 *
 * @param publications how many publishers came
 * @param publishing whether one is there now
 * @param players how many are attached now
 * @param playersTotal how many ever were
 * @param packetsIn RTP and RTCP packets from publishers
 * @param bytesIn of these, with framing
 * @param packetsForwarded of these, those that went on to the players (once, however many)
 * @param unknownPackets packets on channels nobody set up
 */
public record RelayStats(
    long publications,
    boolean publishing,
    int players,
    long playersTotal,
    long packetsIn,
    long bytesIn,
    long packetsForwarded,
    long unknownPackets) {}
