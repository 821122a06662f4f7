/** {@code ./agent-runner demo} and {@code ./agent-runner example NAME}. */
@NullMarked
package dev.agentrunner.examples;

import org.jspecify.annotations.NullMarked;
