package dev.livedub.testkit.gemini.model;

/**
 * A syllable on its way through the interpreter.
 *
 * @param number what it says
 * @param inMicros its onset in the input
 * @param outMicros its onset in the output, by input time
 * @param utterance which of the session's utterances it belongs to
 */
record Syllable(int number, long inMicros, long outMicros, long utterance) {}
