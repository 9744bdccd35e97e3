package dev.darkroom.http.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.darkroom.batching.Admission;
import dev.darkroom.batching.BatchingEvents;
import dev.darkroom.batching.Capacity;
import dev.darkroom.batching.QueueFullException;
import dev.darkroom.http.TooManyUploadsException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private final Admission admission = new Admission(new Capacity(1, 800, Duration.ofMinutes(1)), Duration.ZERO, BatchingEvents.NONE);
    private final Arrivals arrivals = new Arrivals(admission, 3, 100);

    @Test
    void holdWhatHasArrivedAndNoMore() {
        Arrivals.Arrival arrival = arrivals.begin("alice");
        assertThat(admission.heldBytes()).isZero();

        arrival.grow(60);
        arrival.grow(40);
        assertThat(admission.heldBytes()).isEqualTo(100);

        arrival.close();
        arrival.close();
        assertThat(admission.heldBytes()).isZero();
        assertThat(arrivals.count()).isZero();
    }

    @Test
    void leaveTheMemoryOfACompleteUploadToWhoeverHasIt() {
        Arrivals.Arrival arrival = arrivals.begin("alice");
        arrival.grow(100);

        var memory = arrival.complete();

        assertThat(arrivals.count()).isZero();
        assertThat(admission.heldBytes()).isEqualTo(100);
        memory.close();
        assertThat(admission.heldBytes()).isZero();
    }

    @Test
    void areOnlySoManyOfACaller() {
        for (int i = 0; i < 3; i++) {
            arrivals.begin("alice");
        }
        assertThatExceptionOfType(TooManyUploadsException.class).isThrownBy(() -> arrivals.begin("alice"));
        arrivals.begin("bob");
    }

    @Test
    void takeOnlyAQuarterOfTheMemoryForOneCallerAndHalfForAll() {
        arrivals.begin("alice").grow(150);
        Arrivals.Arrival second = arrivals.begin("alice");
        second.grow(50);
        assertThatExceptionOfType(TooManyUploadsException.class).isThrownBy(() -> second.grow(1));

        arrivals.begin("bob").grow(200);
        assertThatExceptionOfType(TooManyUploadsException.class).isThrownBy(() -> arrivals.begin("carol").grow(1));
        assertThat(admission.heldBytes()).isEqualTo(400);
        admission.hold(400).close(); // what is complete finds room
    }

    @Test
    void takeNothingWhereThereIsNothingLeft() {
        admission.hold(750);
        Arrivals.Arrival arrival = arrivals.begin("alice");
        arrival.grow(50);
        assertThatExceptionOfType(QueueFullException.class).isThrownBy(() -> arrival.grow(1));
        arrival.close();
        assertThat(admission.heldBytes()).isEqualTo(750);
    }
}
