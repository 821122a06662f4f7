/** Stores that are wrong on purpose, to show that the suites notice. */
@NullMarked
package dev.agentrunner.tck.fault;

import org.jspecify.annotations.NullMarked;
