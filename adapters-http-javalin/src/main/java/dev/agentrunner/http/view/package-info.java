/** Runs, steps, events and the rest as JSON; pure functions. */
@NullMarked
package dev.agentrunner.http.view;

import org.jspecify.annotations.NullMarked;
