/** Entry points: Ollama as a provider of models, and the rest of its HTTP API. */
@NullMarked
package dev.agentrunner.ollama;

import org.jspecify.annotations.NullMarked;
