package dev.agentrunner.tck.fault;

import dev.agentrunner.spi.catalog.Page;
import dev.agentrunner.spi.catalog.PageRequest;
import dev.agentrunner.spi.catalog.RunQuery;
import dev.agentrunner.spi.catalog.RunView;
import dev.agentrunner.spi.catalog.StepView;
import dev.agentrunner.spi.llm.Spending;
import dev.agentrunner.spi.log.Hint;
import dev.agentrunner.spi.log.RunLog.Subscription;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.spi.queue.ClaimRequest;
import dev.agentrunner.spi.store.RunRetention;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.spi.store.Tombstone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** One thing that can be wrong with a store. */
public enum Fault {
    DOES_NOTHING(whole -> new NoOpStore()),
    DROPS_COMMITS(Tampering::dropping),
    REORDERS_EVENTS(whole -> Tampering.with(whole, Tampering::reversed)),
    APPLIES_HALF_OF_A_COMMIT(whole -> Tampering.with(whole, Tampering::half)),
    LOSES_WAKES(whole -> Tampering.with(whole, Tampering::withoutWakes)),
    IGNORES_THE_EPOCH(whole -> Tampering.with(whole, Tampering.believing(whole))),
    FORGETS_KEYS(whole -> Tampering.with(whole, Tampering::withoutKey)),
    REWRITES_JSON(whole -> Tampering.with(whole, Tampering::tidied)),
    ACCEPTS_THE_ILLEGAL(Tampering::lenient),
    IS_READY_TOO_EARLY(whole -> Tampering.with(whole, Tampering::impatient)),
    FORGETS_WHAT_A_RUN_WAITS_FOR(whole -> Tampering.with(whole, Tampering::forgetful)),
    FORGETS_WHAT_WAS_SPENT(whole -> Tampering.with(whole, Tampering::withoutSpending)),
    ADDS_UP_TOTALS(Fault::adding),
    CUTS_NAMES(whole -> Tampering.with(whole, Tampering::cut)),
    SKIPS_IN_THE_FEED(Fault::skipping),
    TELLS_NOBODY(Fault::silent),
    CLAIMS_TWICE(Fault::doubling),
    STARTS_UNDER_NO_CLAIM(Fault::anonymous),
    IGNORES_LIMITS(Fault::unlimited),
    CLAIMS_IN_ANY_ORDER(Fault::unordered),
    RECOVERS_FROM_ITSELF(Fault::suicidal),
    REPEATS_ON_PAGES(Fault::repeating),
    LEAVES_NO_TOMBSTONE(Fault::traceless),
    ENDS_AHEAD_OF_THE_FEED(Fault::hasty),
    COUNTS_WHO_CANNOT_BE_CLAIMED(Watching::sleepless),
    FORGETS_REVOCATIONS(Watching::forgiving),
    KEEPS_SESSIONS(Watching::clinging),
    LOSES_WHO_DID_IT(Watching::unwatched),
    STAYS_OPEN(Fault::open);

    private final UnaryOperator<Store> breaking;

    Fault(UnaryOperator<Store> breaking) {
        this.breaking = breaking;
    }

    /** A store that does what {@code whole} does but for this fault. */
    public Store in(Store whole) {
        return breaking.apply(whole);
    }

    private static Store skipping(Store whole) {
        return ForwardingStore.with(whole, new ForwardingLog(whole.log()) {
            @Override
            public List<Event> feed(long afterId, int limit) {
                return super.feed(afterId, limit).stream()
                        .filter(event -> event.id() % 5 != 0)
                        .toList();
            }
        });
    }

    private static Store hasty(Store whole) {
        return ForwardingStore.with(whole, new ForwardingLog(whole.log()) {
            @Override
            public long feedEnd() {
                return super.feedEnd() + 1;
            }
        });
    }

    private static Store silent(Store whole) {
        return ForwardingStore.with(whole, new ForwardingLog(whole.log()) {
            @Override
            public Subscription follow(Consumer<Hint> listener) {
                return () -> {};
            }
        });
    }

    private static Store doubling(Store whole) {
        AtomicReference<List<Claim>> last = new AtomicReference<>(List.of());
        return ForwardingStore.with(whole, new ForwardingQueue(whole.queue()) {
            @Override
            public List<Claim> claim(ClaimRequest request) {
                List<Claim> claims = super.claim(request);
                List<Claim> before = last.getAndSet(claims);
                return claims.isEmpty() ? before : claims;
            }
        });
    }

    private static Store unlimited(Store whole) {
        return ForwardingStore.with(whole, new ForwardingQueue(whole.queue()) {
            @Override
            public List<Claim> claim(ClaimRequest request) {
                return super.claim(new ClaimRequest(
                        request.node(), request.max(), request.workflows(), List.of(), request.start()));
            }
        });
    }

    private static Store anonymous(Store whole) {
        return ForwardingStore.with(whole, new ForwardingQueue(whole.queue()) {
            @Override
            public List<Claim> claim(ClaimRequest request) {
                return super.claim(new ClaimRequest(
                        request.node(),
                        request.max(),
                        request.workflows(),
                        request.limits(),
                        epoch -> request.start().apply(0)));
            }
        });
    }

    private static Store unordered(Store whole) {
        return ForwardingStore.with(whole, new ForwardingQueue(whole.queue()) {
            @Override
            public List<Claim> claim(ClaimRequest request) {
                List<Claim> claims = new ArrayList<>(super.claim(request));
                Collections.reverse(claims);
                return claims;
            }
        });
    }

    private static Store suicidal(Store whole) {
        return ForwardingStore.with(whole, new ForwardingQueue(whole.queue()) {
            @Override
            public List<NodeId> recover(NodeId self, Duration deadAfter) {
                return super.recover(new NodeId("nobody"), deadAfter);
            }
        });
    }

    /** The second page begins with the last run of the first. */
    private static Store repeating(Store whole) {
        AtomicReference<List<RunView>> last = new AtomicReference<>(List.of());
        return ForwardingStore.with(whole, new ForwardingCatalog(whole.catalog()) {
            @Override
            public Page<RunView> runs(RunQuery query) {
                Page<RunView> page = super.runs(query);
                List<RunView> before = last.getAndSet(page.items());
                List<RunView> items = new ArrayList<>(page.items());
                PageRequest request = query.page();
                if (request.cursor() != null && !before.isEmpty()) {
                    items.add(0, before.get(before.size() - 1));
                }
                return new Page<>(items, page.nextCursor());
            }
        });
    }

    /** Takes what was spent in all for what was spent since the last commit. */
    private static Store adding(Store whole) {
        return Tampering.with(
                whole,
                commit -> Tampering.spending(
                        commit,
                        step -> whole.catalog().steps(commit.run()).stream()
                                .filter(view -> view.step().id().equals(step))
                                .map(StepView::usage)
                                .reduce(Spending.NONE, Spending::plus)));
    }

    private static Store traceless(Store whole) {
        RunRetention retention = whole.retention();
        return ForwardingStore.with(whole, new RunRetention() {
            @Override
            public List<RunId> purgeFinishedBefore(Instant moment, int max) {
                return retention.purgeFinishedBefore(moment, max);
            }

            @Override
            public boolean purge(RunId run) {
                return retention.purge(run);
            }

            @Override
            public Optional<Tombstone> tombstone(RunId run) {
                return Optional.empty();
            }
        });
    }

    private static Store open(Store whole) {
        return new ForwardingStore(whole) {
            @Override
            public void close() {}
        };
    }
}
