/** What translation costs, what it may cost, and how to save. */
@NullMarked
package dev.livedub.gemini.money;

import org.jspecify.annotations.NullMarked;
