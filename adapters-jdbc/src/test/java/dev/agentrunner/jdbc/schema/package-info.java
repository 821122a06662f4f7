@NullMarked
package dev.agentrunner.jdbc.schema;

import org.jspecify.annotations.NullMarked;
