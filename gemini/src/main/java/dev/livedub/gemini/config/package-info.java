/** What a session is to be: service, credentials, model, language. */
@NullMarked
package dev.livedub.gemini.config;

import org.jspecify.annotations.NullMarked;
