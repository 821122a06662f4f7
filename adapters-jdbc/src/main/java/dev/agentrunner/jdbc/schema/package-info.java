/** Brings a database's schema up to date. */
@NullMarked
package dev.agentrunner.jdbc.schema;

import org.jspecify.annotations.NullMarked;
