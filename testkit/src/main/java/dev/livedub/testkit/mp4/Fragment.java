package dev.livedub.testkit.mp4;

/**
 * A piece of a live stream: moof and mdat.
 *
 * @param bytes lent, nobody changes them
 * @param startMicros when its first unit is decoded, on the stream's timeline
 * @param begins whether a player can begin here: its first picture is a keyframe
 */
public record Fragment(byte[] bytes, long startMicros, boolean begins) {}
