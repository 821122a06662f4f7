package dev.agentrunner.engine;

import dev.agentrunner.spi.store.Store;
import org.junit.jupiter.api.Nested;

/** All contracts of the engine on one kind of store: a subclass says how to connect to the store of a test. */
public abstract class EngineSuite {

    /** A new connection to the store of this test, which may be connected to several times. */
    protected abstract Store connect() throws Exception;

    @Nested
    class Steps extends StepsContract {
        @Override
        protected Store connect() throws Exception {
            return EngineSuite.this.connect();
        }
    }

    @Nested
    class Generations extends GenerationsContract {
        @Override
        protected Store connect() throws Exception {
            return EngineSuite.this.connect();
        }
    }

    @Nested
    class Spending extends SpendingContract {
        @Override
        protected Store connect() throws Exception {
            return EngineSuite.this.connect();
        }
    }

    @Nested
    class Durability extends DurabilityContract {
        @Override
        protected Store connect() throws Exception {
            return EngineSuite.this.connect();
        }
    }

    @Nested
    class Submission extends SubmissionContract {
        @Override
        protected Store connect() throws Exception {
            return EngineSuite.this.connect();
        }
    }

    @Nested
    class Waits extends WaitsContract {
        @Override
        protected Store connect() throws Exception {
            return EngineSuite.this.connect();
        }
    }

    @Nested
    class Cancel extends CancelContract {
        @Override
        protected Store connect() throws Exception {
            return EngineSuite.this.connect();
        }
    }

    @Nested
    class Children extends ChildrenContract {
        @Override
        protected Store connect() throws Exception {
            return EngineSuite.this.connect();
        }
    }

    @Nested
    class Branches extends BranchesContract {
        @Override
        protected Store connect() throws Exception {
            return EngineSuite.this.connect();
        }
    }

    @Nested
    class Notes extends NotesContract {
        @Override
        protected Store connect() throws Exception {
            return EngineSuite.this.connect();
        }
    }

    @Nested
    class Fork extends ForkContract {
        @Override
        protected Store connect() throws Exception {
            return EngineSuite.this.connect();
        }
    }

    @Nested
    class Recovery extends RecoveryContract {
        @Override
        protected Store connect() throws Exception {
            return EngineSuite.this.connect();
        }
    }

    @Nested
    class Claims extends ClaimsContract {
        @Override
        protected Store connect() throws Exception {
            return EngineSuite.this.connect();
        }
    }

    @Nested
    class ChangedCode extends ChangedCodeContract {
        @Override
        protected Store connect() throws Exception {
            return EngineSuite.this.connect();
        }
    }

    @Nested
    class Outage extends OutageContract {
        @Override
        protected Store connect() throws Exception {
            return EngineSuite.this.connect();
        }
    }

    @Nested
    class Approvals extends ApprovalsContract {
        @Override
        protected Store connect() throws Exception {
            return EngineSuite.this.connect();
        }
    }

    @Nested
    class Operations extends OperationsContract {
        @Override
        protected Store connect() throws Exception {
            return EngineSuite.this.connect();
        }
    }

    @Nested
    class Declared extends DeclaredContract {
        @Override
        protected Store connect() throws Exception {
            return EngineSuite.this.connect();
        }
    }
}
