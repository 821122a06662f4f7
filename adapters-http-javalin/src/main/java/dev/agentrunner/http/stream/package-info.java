/** Server-sent events and long polls: what the log says, to each client at its own pace. */
@NullMarked
package dev.agentrunner.http.stream;

import org.jspecify.annotations.NullMarked;
