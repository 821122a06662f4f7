/** The files of a folder, and which of them are in use. */
@NullMarked
package dev.agentrunner.yaml.folder;

import org.jspecify.annotations.NullMarked;
