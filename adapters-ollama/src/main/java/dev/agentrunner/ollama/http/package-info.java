/** Calls over HTTP: one exchange that can be ended at any moment, bodies read as they come, failures with a kind. */
@NullMarked
package dev.agentrunner.ollama.http;

import org.jspecify.annotations.NullMarked;
