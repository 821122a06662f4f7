/** Tests of what is kept about those who use a store. */
@NullMarked
package dev.agentrunner.jdbc.access;

import org.jspecify.annotations.NullMarked;
