/** JSON Schemas that files hold, checked and used without ever fetching anything. */
@NullMarked
package dev.agentrunner.yaml.schema;

import org.jspecify.annotations.NullMarked;
