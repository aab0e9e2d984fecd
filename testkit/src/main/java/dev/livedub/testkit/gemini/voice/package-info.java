/**
 * Speech-like sound that says which half second of the source it belongs to, and how to read it.
 */
@NullMarked
package dev.livedub.testkit.gemini.voice;

import org.jspecify.annotations.NullMarked;
