/** What the program logs, and how: the one place that knows the logging library. */
@NullMarked
package dev.agentrunner.server.logging;

import org.jspecify.annotations.NullMarked;
