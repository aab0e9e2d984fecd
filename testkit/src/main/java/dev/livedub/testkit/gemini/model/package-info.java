/** The simulated interpreter: input sound in, translated sound and words out, by input time. */
@NullMarked
package dev.livedub.testkit.gemini.model;

import org.jspecify.annotations.NullMarked;
