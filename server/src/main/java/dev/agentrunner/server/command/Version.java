package dev.agentrunner.server.command;

import picocli.CommandLine.IVersionProvider;

/** The version of the jar. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"agent-runner " + (version == null ? "(not packaged)" : version)};
    }
}
