package dev.darkroom.inference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryCapsTest {
    private final MemoryCaps caps = new MemoryCaps(1000);

    @Test
    void whatIsTooMuchForOneNetworkIsNotForAnother() {
        caps.of("large").outOfMemory(800);

        assertThat(caps.of("large").pixels()).isEqualTo(400);
        assertThat(caps.of("small").pixels()).isEqualTo(1000);
    }

    @Test
    void theSmallestIsThatOfTheNetworkThatRanOutSoonest() {
        assertThat(caps.smallest()).isEqualTo(1000);
        caps.of("large").outOfMemory(800);
        caps.of("larger").outOfMemory(100);
        caps.of("small");

        assertThat(caps.smallest()).isEqualTo(50);
    }
}
