/** Jailed files and commands in the workspaces of runs. */
module dev.agentrunner.workspace {
    requires transitive dev.agentrunner.spi;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.agentrunner.workspace;
}
