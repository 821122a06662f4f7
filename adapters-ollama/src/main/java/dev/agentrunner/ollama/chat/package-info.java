/** Ollama's chat protocol: requests written, streamed answers read, missing models pulled. */
@NullMarked
package dev.agentrunner.ollama.chat;

import org.jspecify.annotations.NullMarked;
