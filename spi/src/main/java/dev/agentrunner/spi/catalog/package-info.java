/** Read-only views for people and programs that watch. */
@NullMarked
package dev.agentrunner.spi.catalog;

import org.jspecify.annotations.NullMarked;
