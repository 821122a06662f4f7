/** Makes a store, a runner and a server of what the settings say. */
@NullMarked
package dev.agentrunner.server.wiring;

import org.jspecify.annotations.NullMarked;
