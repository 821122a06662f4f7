/** Keys, sessions and the audit trail in tables of any of the databases. */
@NullMarked
package dev.agentrunner.jdbc.access;

import org.jspecify.annotations.NullMarked;
