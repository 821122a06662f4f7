package dev.agentrunner.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.spi.access.AccessKey;
import dev.agentrunner.spi.access.Role;
import dev.agentrunner.spi.access.StoredKey;
import dev.agentrunner.tck.fixture.Ids;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Keys that were given out: they stay as they are, and revoking is for good.
 *
 * <p>On failure look at the condition on what was revoked before, and at how moments are cut.
 */
abstract class KeysContract extends WithStore {

    private static final String SUM = "0123456789abcdef".repeat(4);
    private static final Instant MADE = Instant.parse("2026-01-02T03:04:05.678Z");

    private AccessKey added(String name, Role role, Instant made) {
        AccessKey key = new AccessKey(Ids.name("key"), name, role, made, null);
        store().keys().add(key, SUM);
        return key;
    }

    /** Look for a role or a name that does not come back as it was. */
    @Test
    void a_key_is_found_as_it_was_added() {
        for (Role role : Role.values()) {
            AccessKey key = added("Zoë's laptop, 日本 '%", role, MADE);
            assertThat(store().keys().find(key.id())).contains(new StoredKey(key, SUM));
        }
        assertThat(store().keys().find("nobody")).isEmpty();
    }

    /** Look at ORDER BY. */
    @Test
    void keys_are_listed_in_the_order_of_their_creation() {
        assertThat(store().keys().list()).isEmpty();
        AccessKey late = added("late", Role.VIEWER, MADE.plusSeconds(1));
        AccessKey early = added("early", Role.ADMIN, MADE);
        assertThat(store().keys().list()).containsExactly(early, late);
    }

    /** Look for an insert that replaces. */
    @Test
    void an_id_is_given_once() {
        AccessKey key = added("first", Role.VIEWER, MADE);
        AccessKey other = new AccessKey(key.id(), "second", Role.ADMIN, MADE.plusSeconds(9), null);
        assertThatThrownBy(() -> store().keys().add(other, "f".repeat(64)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key.id());
        assertThat(store().keys().find(key.id())).contains(new StoredKey(key, SUM));
        assertThat(store().keys().list()).containsExactly(key);
    }

    /** What is not a sum may be the secret itself: it must not be kept, nor shown. */
    @Test
    void only_a_sum_is_kept() {
        AccessKey key = new AccessKey(Ids.name("key"), "careless", Role.VIEWER, MADE, null);
        for (String wrong :
                List.of("", "hunter2", SUM.substring(1), SUM.toUpperCase(java.util.Locale.ROOT), SUM + "0")) {
            assertThatThrownBy(() -> store().keys().add(key, wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("hunter2");
        }
        assertThat(store().keys().find(key.id())).isEmpty();
    }

    /** Look at the condition of the update. */
    @Test
    void a_key_is_revoked_once_and_for_good() {
        AccessKey key = added("given", Role.OPERATOR, MADE);
        AccessKey other = added("other", Role.OPERATOR, MADE.plusSeconds(1));
        Instant first = MADE.plusSeconds(60);
        assertThat(store().keys().revoke(key.id(), first.plusNanos(999))).isTrue();
        assertThat(store().keys().revoke(key.id(), first.plusSeconds(1))).isFalse();
        assertThat(store().keys().revoke("nobody", first)).isFalse();
        assertThat(store().keys().find(key.id())).contains(new StoredKey(key.revoked(first), SUM));
        assertThat(store().keys().list()).containsExactly(key.revoked(first), other);
    }

    /** Look for a check that is not one step with the write. */
    @Test
    void of_many_who_add_or_revoke_at_once_one_does() {
        String id = Ids.name("key");
        List<Boolean> added = Together.run(6, i -> {
            try {
                store().keys().add(new AccessKey(id, "by " + i, Role.VIEWER, MADE, null), SUM);
                return true;
            } catch (IllegalArgumentException e) {
                return false;
            }
        });
        assertThat(added).containsOnlyOnce(true);
        List<Boolean> revoked = Together.run(6, i -> store().keys().revoke(id, MADE.plusSeconds(i)));
        assertThat(revoked).containsOnlyOnce(true);
        assertThat(store().keys().find(id).orElseThrow().key().revokedAt())
                .isEqualTo(MADE.plusSeconds(revoked.indexOf(true)));
    }
}
