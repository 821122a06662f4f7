/** What every implementation of a port must do, as test classes to extend. */
@NullMarked
package dev.agentrunner.tck;

import org.jspecify.annotations.NullMarked;
