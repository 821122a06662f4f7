/** Runs a few threads in every order in which they can meet. */
package dev.agentrunner.interleaving;
