/** What steps show while they are under way, and nobody stores. */
@NullMarked
package dev.agentrunner.live;

import org.jspecify.annotations.NullMarked;
