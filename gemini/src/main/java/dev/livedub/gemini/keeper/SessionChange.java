package dev.livedub.gemini.keeper;

/**
 * One session followed another.
 *
 * @param reason one line for a person; never holds a secret
 * @param ageSeconds how long the old one was live
 * @param gapMillis how long no session was live
 * @param holeMillis source speech that neither heard, or that was heard and whose answer is lost
 * @param repeatedMillis source speech that both heard, as far as the first had probably answered it
 */
public record SessionChange(
    RotationCause cause,
    String reason,
    long ageSeconds,
    long gapMillis,
    long holeMillis,
    long repeatedMillis) {}
