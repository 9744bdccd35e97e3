package dev.darkroom;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GpuTest {
    @Test
    void failsWithTheReasonWhereThereIsNoSuchDevice() {
        assertThatThrownBy(() -> Gpu.require("cuda:99")).isInstanceOf(AssertionError.class)
                .hasMessageContaining("need a CUDA device").hasMessageContaining("there is no device cuda:99").hasMessageContaining("docs/gpu.md");
        assertThatCode(() -> Gpu.require("cpu")).doesNotThrowAnyException();
    }
}
