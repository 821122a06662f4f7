package dev.agentrunner.engine.prefix;

import dev.agentrunner.memory.InMemoryStore;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.tck.fault.ForwardingStore;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeTry;

/** Every prefix of hundreds of logs. */
class InMemoryPrefixTest extends PrefixProperties {

    private static final Places PLACES = new Places();

    private Store store = new InMemoryStore();

    @BeforeTry
    void makeStore() {
        store = new InMemoryStore();
    }

    @Override
    protected Store connect() {
        return new ForwardingStore(store) {
            @Override
            public void close() {
                // Outlives its connections, as a database would.
            }
        };
    }

    @Example
    void inv07_every_prefix_of_simple_logs_and_of_what_follows_from_them() throws Exception {
        Effort all = new Effort(1_000, 10, 1_000);
        for (Program program : Programs.simplest()) {
            PLACES.add(check(program, new Random(), all));
        }
    }

    @Property(tries = 80, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
    void inv07_many_prefixes_of_many_logs(@ForAll("programs") Program program, @ForAll Random random) throws Exception {
        PLACES.add(check(program, random, new Effort(40, 8, 1)));
    }

    @AfterContainer
    static void every_kind_of_step_was_interrupted() {
        PLACES.assertComplete();
    }
}
