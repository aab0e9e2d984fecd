/** When a session may be tried, and when trying is left alone. */
@NullMarked
package dev.livedub.gemini.policy;

import org.jspecify.annotations.NullMarked;
