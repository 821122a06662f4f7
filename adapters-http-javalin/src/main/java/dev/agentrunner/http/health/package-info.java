/** Whether the process is alive, and whether it can do its work. */
@NullMarked
package dev.agentrunner.http.health;

import org.jspecify.annotations.NullMarked;
