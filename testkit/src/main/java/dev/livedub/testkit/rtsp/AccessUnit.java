package dev.livedub.testkit.rtsp;

/**
 * A coded picture as the relay passed it on.
 *
 * @param vclHash over its VCL NAL units, see {@link dev.livedub.testkit.nal.VclHash}
 * @param rtpTimestamp as forwarded, unsigned 32 bits in the stream's clock
 * @param forwardedNanos {@link System#nanoTime} at which its last RTP packet was handed to players
 * @param sizeBytes of its NAL units together
 * @param keyframe whether decoding can start here
 * @param complete whether no RTP packet near it was missing; the hash of an incomplete one says
 *     little
 */
public record AccessUnit(
    long vclHash,
    long rtpTimestamp,
    long forwardedNanos,
    int sizeBytes,
    boolean keyframe,
    boolean complete) {}
