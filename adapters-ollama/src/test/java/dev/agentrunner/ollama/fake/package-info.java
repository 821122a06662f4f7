/** A server that speaks Ollama's protocol, for tests. */
package dev.agentrunner.ollama.fake;
