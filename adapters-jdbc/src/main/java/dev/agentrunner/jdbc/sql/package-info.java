/** What differs between databases, and how rows become records. */
@NullMarked
package dev.agentrunner.jdbc.sql;

import org.jspecify.annotations.NullMarked;
