/** The append-only event log: commits go in, events come out, followers are told. */
@NullMarked
package dev.agentrunner.spi.log;

import org.jspecify.annotations.NullMarked;
