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

    protected StoreContract() {}

    /** Opens a store that has nothing in it; the suite closes it. */
    protected abstract Store open() throws Exception;

    /** Removes what the store leaves behind; called after it was closed. */
    protected void dispose() throws Exception {}

    /** Lets the store's clock go on at least a little; a store with a manual clock turns it. */
    protected void elapse(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }

    /** How long to wait for what may take a moment: hints, and events that are held back. */
    protected Duration patience() {
        return Duration.ofSeconds(15);
    }

    @Nested
    final class Appending extends AppendContract {
        @Override
        StoreContract adapter() {
            return StoreContract.this;
        }
    }

    @Nested
    final class Legality extends LegalityContract {
        @Override
        StoreContract adapter() {
            return StoreContract.this;
        }
    }

    @Nested
    final class Submitting extends SubmitContract {
        @Override
        StoreContract adapter() {
            return StoreContract.this;
        }
    }

    @Nested
    final class Fencing extends FencingContract {
        @Override
        StoreContract adapter() {
            return StoreContract.this;
        }
    }

    @Nested
    final class Readiness extends ReadinessContract {
        @Override
        StoreContract adapter() {
            return StoreContract.this;
        }
    }

    @Nested
    final class Waking extends WakeContract {
        @Override
        StoreContract adapter() {
            return StoreContract.this;
        }
    }

    @Nested
    final class Reading extends ReadContract {
        @Override
        StoreContract adapter() {
            return StoreContract.this;
        }
    }

    @Nested
    final class Feeding extends FeedContract {
        @Override
        StoreContract adapter() {
            return StoreContract.this;
        }
    }

    @Nested
    final class Following extends FollowContract {
        @Override
        StoreContract adapter() {
            return StoreContract.this;
        }
    }

    @Nested
    final class Claiming extends ClaimContract {
        @Override
        StoreContract adapter() {
            return StoreContract.this;
        }
    }

    @Nested
    final class Limiting extends LimitContract {
        @Override
        StoreContract adapter() {
            return StoreContract.this;
        }
    }

    @Nested
    final class Nodes extends NodeContract {
        @Override
        StoreContract adapter() {
            return StoreContract.this;
        }
    }

    @Nested
    final class Listing extends RunListContract {
        @Override
        StoreContract adapter() {
            return StoreContract.this;
        }
    }

    @Nested
    final class Viewing extends RunViewContract {
        @Override
        StoreContract adapter() {
            return StoreContract.this;
        }
    }

    @Nested
    final class Spending extends UsageContract {
        @Override
        StoreContract adapter() {
            return StoreContract.this;
        }
    }

    @Nested
    final class Artifacts extends ArtifactRowsContract {
        @Override
        StoreContract adapter() {
            return StoreContract.this;
        }
    }

    @Nested
    final class Retaining extends RetentionContract {
        @Override
        StoreContract adapter() {
            return StoreContract.this;
        }
    }

    @Nested
    final class Counting extends CensusContract {
        @Override
        StoreContract adapter() {
            return StoreContract.this;
        }
    }

    @Nested
    final class Keys extends KeysContract {
        @Override
        StoreContract adapter() {
            return StoreContract.this;
        }
    }

    @Nested
    final class Sessions extends SessionsContract {
        @Override
        StoreContract adapter() {
            return StoreContract.this;
        }
    }

    @Nested
    final class Auditing extends AuditContract {
        @Override
        StoreContract adapter() {
            return StoreContract.this;
        }
    }

    @Nested
    final class Closing extends CloseContract {
        @Override
        StoreContract adapter() {
            return StoreContract.this;
        }
    }
}
