package dev.darkroom.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.batching.Admission;
import io.quarkus.test.junit.callback.QuarkusTestAfterEachCallback;
import io.quarkus.test.junit.callback.QuarkusTestMethodContext;
import jakarta.enterprise.inject.spi.CDI;
import java.time.Duration;

/** After every test of the service: whatever was asked of it, and however it ended, its memory has been given back. */
public final class NothingHeld implements QuarkusTestAfterEachCallback {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Override
    public void afterEach(QuarkusTestMethodContext test) {
        Admission admission = CDI.current().select(Admission.class).get();
        await().atMost(PATIENCE).pollDelay(Duration.ZERO).untilAsserted(() -> {
            assertThat(admission.heldBytes()).as("bytes held after %s", test.getTestMethod().getName()).isZero();
            assertThat(admission.admittedPixels()).as("pixels admitted after %s", test.getTestMethod().getName()).isZero();
        });
    }
}
