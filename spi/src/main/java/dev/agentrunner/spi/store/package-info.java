/** The composition of all ports that one database provides, and retention. */
@NullMarked
package dev.agentrunner.spi.store;

import org.jspecify.annotations.NullMarked;
