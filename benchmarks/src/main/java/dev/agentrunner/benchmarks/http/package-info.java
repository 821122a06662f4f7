/** What the server answers, and how fast, beside a web server that does nothing. */
@NullMarked
package dev.agentrunner.benchmarks.http;

import org.jspecify.annotations.NullMarked;
