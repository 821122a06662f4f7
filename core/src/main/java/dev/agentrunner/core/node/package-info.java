/** A node: takes runs, beats, recovers, drains. */
@NullMarked
package dev.agentrunner.core.node;

import org.jspecify.annotations.NullMarked;
