/** Tests of what rows are made of. */
@NullMarked
package dev.agentrunner.jdbc.sql;

import org.jspecify.annotations.NullMarked;
