package dev.agentrunner.benchmarks.alone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SharesTest {

    @Test
    void of_a_hundred_values_the_99th_is_not_exceeded_by_99_of_them() {
        double[] values =
                IntStream.rangeClosed(1, 100).map(i -> 101 - i).asDoubleStream().toArray();
        Shares shares = new Shares(values);
        assertThat(shares.p50()).isEqualTo(50);
        assertThat(shares.p99()).isEqualTo(99);
        assertThat(shares.at(1)).isEqualTo(100);
        assertThat(shares.at(0)).isEqualTo(1);
        assertThat(shares.count()).isEqualTo(100);
    }

    @Test
    void of_one_value_it_is_each_share() {
        assertThat(new Shares(new double[] {7}).p99()).isEqualTo(7);
    }

    @Test
    void of_nothing_there_is_no_share() {
        assertThatThrownBy(() -> new Shares(new double[0])).isInstanceOf(IllegalArgumentException.class);
    }
}
