/** What a run is made of: identifiers, statuses, events and the rows that a fold of them yields. */
@NullMarked
package dev.agentrunner.spi.model;

import org.jspecify.annotations.NullMarked;
