/** Who may call: hosts, keys, sessions, roles, and what browsers are told. */
@NullMarked
package dev.agentrunner.http.access;

import org.jspecify.annotations.NullMarked;
