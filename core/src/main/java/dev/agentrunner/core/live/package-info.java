/** Passes on what steps show. */
@NullMarked
package dev.agentrunner.core.live;

import org.jspecify.annotations.NullMarked;
