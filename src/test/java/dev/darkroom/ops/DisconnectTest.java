package dev.darkroom.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.enhance.Pipeline;
import dev.darkroom.enhance.Scenes;
import dev.darkroom.http.Service;
import dev.darkroom.image.Pictures;
import dev.darkroom.image.file.ImageFormat;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DisconnectTest {
    private static final int WIDTH = 3000;
    private static final int HEIGHT = 2000;

    @Inject
    Pipeline pipeline;

    @Inject
    MeterRegistry registry;

    @TestHTTPResource("/")
    URI service;

    @BeforeEach
    void ready() {
        Service.awaitLoaded();
    }

    @Test
    void stopsWorkingForAClientThatHasGone() throws Exception {
        byte[] file = Scenes.file(Pictures.smooth(WIDTH, HEIGHT, 3, 8, 1), ImageFormat.JPEG);
        double before = devicePixels();
        try (var client = new Socket(service.getHost(), service.getPort())) {
            client.getOutputStream().write(("POST /v1/denoise HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + file.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            client.getOutputStream().write(file);
            await().atMost(Service.PATIENCE).until(() -> pipeline.admission().admittedPixels() == (long) WIDTH * HEIGHT);
        }
        await().atMost(Service.PATIENCE).until(() -> pipeline.admission().admittedPixels() == 0);
        assertThat(devicePixels() - before).isLessThan((double) WIDTH * HEIGHT);
    }

    private double devicePixels() {
        return registry.find("darkroom.device").tag("device", "cpu").counters().stream()
                .filter(counter -> "pixels".equals(counter.getId().getBaseUnit())).mapToDouble(Counter::count).sum();
    }
}
