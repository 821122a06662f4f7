package dev.agentrunner.tck;

import dev.agentrunner.spi.store.Store;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Nested;

/**
 * All contracts of a {@link Store} but that of its bytes ({@link ArtifactStoreContract}): an adapter extends
 * this class, says how to open an empty store, and has joined.
 *
 * <p>Each test opens a store of its own, closes it, and calls {@link #dispose}.
 */
public abstract class StoreContract {

    /** Opens a store that has nothing in it; the suite closes it. */
    protected abstract Store open() throws Exception;

    /** Removes what the store leaves behind; called after it was closed. */
    protected void dispose() throws Exception {}

    /** Lets the store's clock go on at least a little; a store with a manual clock turns it. */
    protected void elapse(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }

    @Nested
    final class Appending extends AppendContract {
        @Override
        protected Store open() throws Exception {
            return StoreContract.this.open();
        }

        @Override
        protected void dispose() throws Exception {
            StoreContract.this.dispose();
        }
    }

    @Nested
    final class Legality extends LegalityContract {
        @Override
        protected Store open() throws Exception {
            return StoreContract.this.open();
        }

        @Override
        protected void dispose() throws Exception {
            StoreContract.this.dispose();
        }
    }

    @Nested
    final class Submitting extends SubmitContract {
        @Override
        protected Store open() throws Exception {
            return StoreContract.this.open();
        }

        @Override
        protected void dispose() throws Exception {
            StoreContract.this.dispose();
        }
    }

    @Nested
    final class Fencing extends FencingContract {
        @Override
        protected Store open() throws Exception {
            return StoreContract.this.open();
        }

        @Override
        protected void dispose() throws Exception {
            StoreContract.this.dispose();
        }
    }

    @Nested
    final class Readiness extends ReadinessContract {
        @Override
        protected Store open() throws Exception {
            return StoreContract.this.open();
        }

        @Override
        protected void dispose() throws Exception {
            StoreContract.this.dispose();
        }
    }

    @Nested
    final class Waking extends WakeContract {
        @Override
        protected Store open() throws Exception {
            return StoreContract.this.open();
        }

        @Override
        protected void dispose() throws Exception {
            StoreContract.this.dispose();
        }
    }

    @Nested
    final class Reading extends ReadContract {
        @Override
        protected Store open() throws Exception {
            return StoreContract.this.open();
        }

        @Override
        protected void dispose() throws Exception {
            StoreContract.this.dispose();
        }
    }

    @Nested
    final class Feeding extends FeedContract {
        @Override
        protected Store open() throws Exception {
            return StoreContract.this.open();
        }

        @Override
        protected void dispose() throws Exception {
            StoreContract.this.dispose();
        }
    }

    @Nested
    final class Following extends FollowContract {
        @Override
        protected Store open() throws Exception {
            return StoreContract.this.open();
        }

        @Override
        protected void dispose() throws Exception {
            StoreContract.this.dispose();
        }
    }

    @Nested
    final class Claiming extends ClaimContract {
        @Override
        protected Store open() throws Exception {
            return StoreContract.this.open();
        }

        @Override
        protected void dispose() throws Exception {
            StoreContract.this.dispose();
        }
    }

    @Nested
    final class Limiting extends LimitContract {
        @Override
        protected Store open() throws Exception {
            return StoreContract.this.open();
        }

        @Override
        protected void dispose() throws Exception {
            StoreContract.this.dispose();
        }

        @Override
        protected void elapse(Duration time) {
            StoreContract.this.elapse(time);
        }
    }

    @Nested
    final class Nodes extends NodeContract {
        @Override
        protected Store open() throws Exception {
            return StoreContract.this.open();
        }

        @Override
        protected void dispose() throws Exception {
            StoreContract.this.dispose();
        }
    }

    @Nested
    final class Listing extends RunListContract {
        @Override
        protected Store open() throws Exception {
            return StoreContract.this.open();
        }

        @Override
        protected void dispose() throws Exception {
            StoreContract.this.dispose();
        }
    }

    @Nested
    final class Viewing extends RunViewContract {
        @Override
        protected Store open() throws Exception {
            return StoreContract.this.open();
        }

        @Override
        protected void dispose() throws Exception {
            StoreContract.this.dispose();
        }
    }

    @Nested
    final class Artifacts extends ArtifactRowsContract {
        @Override
        protected Store open() throws Exception {
            return StoreContract.this.open();
        }

        @Override
        protected void dispose() throws Exception {
            StoreContract.this.dispose();
        }
    }

    @Nested
    final class Retaining extends RetentionContract {
        @Override
        protected Store open() throws Exception {
            return StoreContract.this.open();
        }

        @Override
        protected void dispose() throws Exception {
            StoreContract.this.dispose();
        }
    }

    @Nested
    final class Closing extends CloseContract {
        @Override
        protected Store open() throws Exception {
            return StoreContract.this.open();
        }

        @Override
        protected void dispose() throws Exception {
            StoreContract.this.dispose();
        }
    }
}
