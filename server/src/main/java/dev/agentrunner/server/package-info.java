/** Wires the adapters as the environment says, and talks to people on a terminal. */
@NullMarked
package dev.agentrunner.server;

import org.jspecify.annotations.NullMarked;
