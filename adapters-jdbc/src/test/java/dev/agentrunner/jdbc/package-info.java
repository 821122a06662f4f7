/** Tests of stores in databases. */
@NullMarked
package dev.agentrunner.jdbc;

import org.jspecify.annotations.NullMarked;
