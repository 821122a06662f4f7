/** Which node executes which run: claims with fencing epochs, node liveness, queue limits. */
@NullMarked
package dev.agentrunner.spi.queue;

import org.jspecify.annotations.NullMarked;
