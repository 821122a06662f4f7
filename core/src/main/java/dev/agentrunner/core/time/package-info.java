/** The only places where time, identifiers and threads come from. */
@NullMarked
package dev.agentrunner.core.time;

import org.jspecify.annotations.NullMarked;
