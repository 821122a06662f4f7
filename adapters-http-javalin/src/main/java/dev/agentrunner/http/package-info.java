/** Puts the HTTP API and the console in front of a runner: standalone, or in a host application's own Javalin. */
@NullMarked
package dev.agentrunner.http;

import org.jspecify.annotations.NullMarked;
