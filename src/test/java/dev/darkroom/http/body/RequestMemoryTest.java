package dev.darkroom.http.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.http.ClientGoneException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RequestMemoryTest {
    private final RequestMemory memory = new RequestMemory();
    private final AtomicInteger closed = new AtomicInteger();

    @Test
    void closesAtTheEndWhatNobodyHasTaken() {
        memory.add(closed::incrementAndGet);
        memory.add(closed::incrementAndGet).take();

        memory.end();

        assertThat(closed).hasValue(1);
    }

    @Test
    void closesAtOnceWhatComesAfterTheEnd() {
        memory.end();

        RequestMemory.Entry late = memory.add(closed::incrementAndGet);

        assertThat(closed).hasValue(1);
        assertThatExceptionOfType(ClientGoneException.class).isThrownBy(late::take);
    }

    @Test
    void whatIsTakenForAWhileIsClosedWhenItIsGivenBackAfterTheEnd() {
        RequestMemory.Entry entry = memory.add(closed::incrementAndGet);
        entry.take();

        memory.end();
        assertThat(closed).hasValue(0);

        entry.giveBack();
        assertThat(closed).hasValue(1);
    }

    @Test
    void whatIsGivenBackBeforeTheEndCanBeTakenAgain() {
        RequestMemory.Entry entry = memory.add(closed::incrementAndGet);
        entry.take();
        entry.giveBack();

        entry.take();
        memory.end();

        assertThat(closed).hasValue(0);
    }

    @Test
    void oneThatCannotBeClosedLeavesNoOtherOpen() {
        memory.add(() -> {
            throw new IllegalArgumentException("stuck");
        });
        memory.add(closed::incrementAndGet);

        memory.end();

        assertThat(closed).hasValue(1);
    }
}
