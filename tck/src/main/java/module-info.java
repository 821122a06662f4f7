/** Contract suites for every port of the spi: an adapter joins each with one small subclass. */
module dev.agentrunner.tck {
    requires transitive dev.agentrunner.spi;
    requires transitive net.jqwik.api;
    requires transitive org.assertj.core;
    requires transitive org.junit.jupiter.api;

    exports dev.agentrunner.tck;
    exports dev.agentrunner.tck.fault;
    exports dev.agentrunner.tck.fixture;
    exports dev.agentrunner.tck.oracle;
}
