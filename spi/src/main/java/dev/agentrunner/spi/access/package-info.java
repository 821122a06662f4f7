/** Who may do what, and who did it. */
@NullMarked
package dev.agentrunner.spi.access;

import org.jspecify.annotations.NullMarked;
