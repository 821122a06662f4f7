package dev.agentrunner.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.spi.catalog.ArtifactView;
import dev.agentrunner.spi.model.ArtifactRow;
import dev.agentrunner.spi.model.Blob;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.tck.fixture.Ids;
import dev.agentrunner.tck.fixture.Rows;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * Records of artifacts. Their names are data, however hostile.
 *
 * <p>On failure look at columns with a length, at collations that fold characters, and for a name that became a
 * path.
 */
abstract class ArtifactRowsContract extends WithStore {

    private static final List<String> NAMES = List.of(
            "../x",
            "../../../../etc/passwd",
            "/etc/passwd",
            "C:\\windows\\system32",
            "\\\\server\\share",
            "~root/.ssh/id",
            "file:///etc/passwd",
            "%2e%2e%2fx",
            "..;/x",
            ".",
            "..",
            "",
            " ",
            "con",
            "a\nb\r\tc\u0001\u007f\u0085",
            "'; drop table artifacts; --",
            "<script>alert(1)</script>",
            "report.md",
            "Report.md",
            "report.md ",
            "r\u0435port.md",
            "caf\u00e9",
            "cafe\u0301",
            "\u202egpj.exe",
            "\uFEFFbom",
            "\uD83D\uDE00",
            "n".repeat(10_240),
            "\u65e5".repeat(10_240));

    /** Every name comes back as it was, and look-alikes stay different artifacts. */
    @Test
    void inv10_names_are_data() {
        Claim claim = runs().running(alice);
        List<ArtifactRow> rows = NAMES.stream().map(Rows::artifact).toList();
        var draft = runs().holding(claim);
        rows.forEach(draft::artifact);
        runs().appended(draft);
        assertThat(store().catalog().artifacts(claim.run()))
                .extracting(ArtifactView::artifact)
                .containsExactlyElementsOf(rows);
        for (ArtifactRow row : rows) {
            assertThat(store().catalog().artifact(claim.run(), row.id()))
                    .map(ArtifactView::artifact)
                    .contains(row);
        }
    }

    /** What no store could keep is refused before it reaches one. */
    @Test
    void inv10_names_that_cannot_be_kept_are_refused() {
        for (String name : List.of("a\u0000b", "half \uD83D of a pair", "\uDE00")) {
            assertThatThrownBy(() -> Rows.artifact(name))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("cannot be stored");
        }
    }

    /** By commit, then by place in it; ids of another node's clock may be in any order. */
    @Test
    void inv10_artifacts_are_listed_in_the_order_of_their_making() {
        Claim claim = runs().running(alice);
        List<ArtifactRow> rows = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            rows.add(Rows.artifact("n" + i));
        }
        Collections.reverse(rows);
        Instant at = Instant.EPOCH;
        for (int i = 0; i < 6; i += 2) {
            at = runs().appended(runs().holding(claim).artifact(rows.get(i)).artifact(rows.get(i + 1)))
                    .at();
        }
        List<ArtifactView> seen = store().catalog().artifacts(claim.run());
        assertThat(seen).extracting(ArtifactView::artifact).containsExactlyElementsOf(rows);
        assertThat(seen.get(5)).isEqualTo(new ArtifactView(claim.run(), rows.get(5), at));
        assertThat(store().catalog().artifacts(Ids.run())).isEmpty();
        assertThat(store().catalog().artifact(claim.run(), Ids.artifact())).isEmpty();
        assertThat(store().catalog().artifact(Ids.run(), rows.get(0).id())).isEmpty();
    }

    /** Look at nullable and long columns. */
    @Test
    void inv10_metadata_comes_back_unchanged() {
        Claim claim = runs().running(alice);
        Blob blob = new Blob(Long.MAX_VALUE, "ab".repeat(32), "x:" + "u".repeat(5_000));
        ArtifactRow row = new ArtifactRow(
                Ids.artifact(), new StepId("日".repeat(1_000)), "n", "kind '日本'", "text/x; charset=\"y\"", blob);
        runs().appended(runs().holding(claim).artifact(row));
        assertThat(store().catalog().artifact(claim.run(), row.id()))
                .map(ArtifactView::artifact)
                .contains(row);
    }

    /** A sweep asks this before it deletes. */
    @Test
    void inv10_listed_sums_are_known_whatever_the_run() {
        Claim one = runs().running(alice);
        Claim two = runs().running(alice);
        runs().appended(runs().holding(one).artifact(Rows.artifact("a", Rows.blob("a1"))));
        runs().appended(runs().holding(two).artifact(Rows.artifact("b", Rows.blob("b2"))));
        runs().appended(runs().finishing(two, RunStatus.COMPLETED));
        List<String> asked = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            asked.add(Rows.blob(Integer.toHexString(i + 0x1000)).sha256());
        }
        String a = Rows.blob("a1").sha256();
        String b = Rows.blob("b2").sha256();
        asked.addAll(List.of(a, b, a.toUpperCase(Locale.ROOT)));
        assertThat(store().catalog().listed(asked)).containsExactlyInAnyOrder(a, b);
        assertThat(store().catalog().listed(List.of())).isEmpty();
    }

    /** The store's own bytes and records belong together. */
    @Test
    void inv10_a_listed_artifact_can_be_read_back() throws Exception {
        byte[] bytes = "what the model said".getBytes(StandardCharsets.UTF_8);
        Claim claim = runs().running(alice);
        Blob blob = store().artifacts().put(new ByteArrayInputStream(bytes));
        ArtifactRow row = Rows.artifact("../said.txt", blob);
        runs().appended(runs().holding(claim).artifact(row));
        Blob listed = store().catalog().artifacts(claim.run()).get(0).artifact().blob();
        try (var in = store().artifacts().open(listed)) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
    }
}
