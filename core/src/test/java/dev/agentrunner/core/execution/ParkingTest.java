package dev.agentrunner.core.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.core.state.RunCommand;
import dev.agentrunner.core.time.StoreClock;
import dev.agentrunner.spi.model.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where no time passes but that of short waits: who is to wait for something that does not come waits until the time-out. */
@Timeout(20)
class ParkingTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LONG = Duration.ofHours(1);
    private static final Instant TOMORROW = NOW.plus(Duration.ofDays(1));
    private static final Instant LATER = NOW.plus(Duration.ofDays(2));

    private final Parking patient = parking(LONG);

    private static Parking parking(Duration grace) {
        return new Parking(new StoreClock(NOW), grace);
    }

    private static Pending signal(String name, BooleanSupplier arrived) {
        return new Pending(Waiting.SIGNAL, null, Set.of(name), arrived);
    }

    private static Pending never() {
        return signal("never", () -> false);
    }

    private static void unwinds(ThrowingCallable call, Stop why) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Unwind.class, unwind -> assertThat(unwind.why()).isEqualTo(why));
    }

    @Test
    void a_stronger_reason_replaces_a_weaker_one_and_no_weaker_one_a_stronger() {
        for (Stop first : Stop.values()) {
            for (Stop second : Stop.values()) {
                Parking parking = parking(LONG);
                assertThat(parking.stopping()).isEmpty();
                parking.stop(first);
                parking.stop(second);
                assertThat(parking.stopping()).contains(first.ordinal() < second.ordinal() ? second : first);
            }
        }
    }

    @Test
    void only_a_request_to_pause_is_taken_back() {
        for (Stop why : Stop.values()) {
            Parking parking = parking(LONG);
            parking.unpause();
            assertThat(parking.stopping()).isEmpty();
            parking.stop(why);
            parking.unpause();
            assertThat(parking.stopping().isPresent()).isEqualTo(why != Stop.PAUSE);
        }
    }

    @Test
    void steps_end_at_their_boundary_and_bodies_only_for_reasons_that_reach_them() {
        assertThatCode(patient::boundary).doesNotThrowAnyException();
        assertThatCode(patient::bodyBoundary).doesNotThrowAnyException();
        for (Stop why : Stop.values()) {
            Parking parking = parking(LONG);
            parking.stop(why);
            unwinds(parking::boundary, why);
            if (why.reachesBodies()) {
                unwinds(parking::bodyBoundary, why);
            } else {
                assertThatCode(parking::bodyBoundary).doesNotThrowAnyException();
            }
        }
    }

    @Test
    void a_wait_that_is_over_already_passes_and_leaves_nothing_behind() {
        patient.park(signal("there", () -> true));
        patient.park(Pending.until(Waiting.TIMER, NOW));
        assertThat(patient.suspension()).isEqualTo(new RunCommand.Suspend(Waiting.TIMER, null, Set.of(), null));
    }

    @Test
    void a_wait_that_comes_after_a_reason_to_end_does_not_begin() {
        patient.stop(Stop.CANCEL);
        unwinds(() -> patient.park(signal("there", () -> true)), Stop.CANCEL);
    }

    @Test
    void a_short_timer_is_waited_for() {
        StoreClock clock = new StoreClock(NOW);
        Instant soon = clock.instant().plusMillis(20);
        new Parking(clock, LONG).park(Pending.until(Waiting.TIMER, soon));
        assertThat(clock.instant()).isAfterOrEqualTo(soon);
    }

    @Test
    void where_all_wait_for_a_time_that_is_far_away_the_run_is_put_aside_at_once() {
        unwinds(() -> patient.park(Pending.until(Waiting.RETRY, TOMORROW)), Stop.WAIT);
        assertThat(patient.suspension()).isEqualTo(new RunCommand.Suspend(Waiting.RETRY, TOMORROW, Set.of(), null));
    }

    @Test
    void a_signal_with_a_time_limit_may_come_at_any_moment_so_the_grace_is_waited_for() throws Exception {
        AtomicBoolean arrived = new AtomicBoolean();
        Pending limited = new Pending(Waiting.SIGNAL, TOMORROW, Set.of("go"), arrived::get);
        CompletableFuture<Void> branch = CompletableFuture.runAsync(() -> patient.park(limited));
        awaitParked(limited);
        arrived.set(true);
        patient.poke();
        branch.get();
        assertThat(patient.stopping()).isEmpty();
    }

    @Test
    void without_grace_a_wait_puts_the_run_aside() {
        Parking parking = parking(Duration.ZERO);
        unwinds(() -> parking.park(never()), Stop.WAIT);
        assertThat(parking.suspension()).isEqualTo(new RunCommand.Suspend(Waiting.SIGNAL, null, Set.of("never"), null));
    }

    @Test
    void a_branch_that_waits_keeps_its_place_as_long_as_another_one_works() throws Exception {
        Parking parking = parking(Duration.ZERO);
        parking.enter();
        CompletableFuture<Throwable> branch = new CompletableFuture<>();
        Thread waiting = new Thread(() -> branch.complete(caught(() -> parking.park(never()))));
        waiting.start();
        while (waiting.getState() != Thread.State.WAITING && waiting.getState() != Thread.State.TIMED_WAITING) {
            assertThat(waiting.isAlive()).isTrue();
            Thread.onSpinWait();
        }
        assertThat(parking.stopping()).isEmpty();
        parking.leave();
        assertThat(branch.get()).isInstanceOf(Unwind.class);
        assertThat(parking.stopping()).contains(Stop.WAIT);
    }

    @Test
    void who_waits_is_ended_when_a_reason_comes() throws Exception {
        Pending wait = never();
        CompletableFuture<Throwable> branch = CompletableFuture.supplyAsync(() -> caught(() -> patient.park(wait)));
        awaitParked(wait);
        patient.stop(Stop.DRAIN);
        assertThat(branch.get())
                .isInstanceOfSatisfying(
                        Unwind.class, unwind -> assertThat(unwind.why()).isEqualTo(Stop.DRAIN));
    }

    @Test
    void a_wait_ends_as_soon_as_it_is_poked_however_long_the_rest() throws Exception {
        Thread resting = new Thread(() -> patient.rest(Duration.ofDays(1)));
        resting.start();
        while (resting.isAlive()) {
            patient.poke();
            Thread.onSpinWait();
        }
    }

    @Test
    void a_rest_ends_by_itself() {
        long before = System.nanoTime();
        patient.rest(Duration.ofMillis(5));
        assertThat(System.nanoTime() - before).isGreaterThan(1_000_000);
    }

    @Test
    void the_run_waits_for_what_comes_first_and_for_every_signal() {
        Parking parking = parking(LONG);
        parking.putAside(signal("one", () -> false));
        assertThat(parking.suspension()).isEqualTo(new RunCommand.Suspend(Waiting.SIGNAL, null, Set.of("one"), null));
        parking.putAside(Pending.until(Waiting.TIMER, LATER));
        assertThat(parking.suspension().waiting()).isEqualTo(Waiting.TIMER);
        parking.putAside(new Pending(Waiting.APPROVAL, TOMORROW, Set.of("two"), () -> false));
        assertThat(parking.suspension())
                .isEqualTo(new RunCommand.Suspend(Waiting.APPROVAL, TOMORROW, Set.of("one", "two"), null));
    }

    @Test
    void to_be_put_aside_is_a_reason_to_end_unless_there_is_a_stronger_one() {
        assertThat(patient.putAside(never()).why()).isEqualTo(Stop.WAIT);
        assertThat(patient.stopping()).contains(Stop.WAIT);
        Parking canceled = parking(LONG);
        canceled.stop(Stop.CANCEL);
        assertThat(canceled.putAside(never()).why()).isEqualTo(Stop.CANCEL);
    }

    @Test
    void an_interrupt_that_is_meant_for_a_body_ends_no_wait() {
        AtomicBoolean looked = new AtomicBoolean();
        Thread.currentThread().interrupt();
        patient.park(signal("second look", () -> looked.getAndSet(true)));
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void an_interrupt_ends_a_rest_and_nothing_else() throws Exception {
        Thread.currentThread().interrupt();
        patient.rest(Duration.ofDays(1));
        assertThat(Thread.interrupted()).isFalse();
        CompletableFuture.runAsync(patient::poke).get();
    }

    /** The first who looks registers first, so whoever is seen there waits, or will not miss what is said now. */
    private void awaitParked(Pending wait) {
        while (!patient.suspension().signals().equals(wait.signals())) {
            Thread.onSpinWait();
        }
    }

    private static Throwable caught(Runnable call) {
        try {
            call.run();
            return new AssertionError("it passed");
        } catch (Unwind unwind) {
            return unwind;
        }
    }
}
