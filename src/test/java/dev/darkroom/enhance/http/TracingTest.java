package dev.darkroom.enhance.http;

import static dev.darkroom.http.Service.upload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.enhance.Scenes;
import dev.darkroom.http.Service;
import dev.darkroom.image.file.ImageFormat;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(Traced.class)
class TracingTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00f067aa0ba902b7";

    @Inject
    InMemorySpanExporter exported;

    @BeforeEach
    void forget() {
        Service.awaitLoaded();
        exported.reset();
    }

    @Test
    void everyStepIsASpanOfTheCallersTrace() {
        upload(Scenes.smallPng()).header("traceparent", "00-" + TRACE + "-" + PARENT + "-01").post("/v1/denoise").then().statusCode(200);

        SpanData request = request();
        assertThat(request.getTraceId()).isEqualTo(TRACE);
        assertThat(request.getParentSpanId()).isEqualTo(PARENT);
        assertThat(request.getAttributes().get(AttributeKey.stringKey("darkroom.task"))).isEqualTo("denoise");
        assertThat(request.getAttributes().get(AttributeKey.stringKey("darkroom.model"))).startsWith("denoise/baseline@");
        assertThat(request.getAttributes().get(AttributeKey.longKey("darkroom.tiles"))).isPositive();
        List<SpanData> steps = below(request);
        assertThat(steps).extracting(SpanData::getName).containsExactly("admit", "decode", "estimate", "queue", "infer", "encode");
        for (int i = 1; i < steps.size(); i++) {
            assertThat(steps.get(i).getStartEpochNanos()).isEqualTo(steps.get(i - 1).getEndEpochNanos());
        }
        assertThat(steps.get(0).getStartEpochNanos()).isGreaterThanOrEqualTo(request.getStartEpochNanos());
        assertThat(steps.get(5).getEndEpochNanos()).isLessThanOrEqualTo(request.getEndEpochNanos());
    }

    @Test
    void aTraceEndsWhereTheRequestFailed() {
        byte[] file = Scenes.file(Scenes.noisy(288, 192, 3, 25), ImageFormat.PNG);
        file[file.length / 2] ^= 1;
        upload(file).post("/v1/denoise").then().statusCode(422);

        SpanData request = request();
        assertThat(request.getAttributes().get(AttributeKey.stringKey("error.type"))).isEqualTo("DamagedImageException");
        assertThat(below(request)).extracting(SpanData::getName).containsExactly("admit");
    }

    @Test
    void aRefusalHasNoSteps() {
        upload(new byte[100]).post("/v1/denoise").then().statusCode(415);

        SpanData request = request();
        assertThat(request.getAttributes().get(AttributeKey.stringKey("error.type"))).isEqualTo("UnsupportedImageException");
        assertThat(below(request)).isEmpty();
    }

    @Test
    void probesAndMetricsAreNotTraced() {
        io.restassured.RestAssured.get("/q/health/live").then().statusCode(200);
        io.restassured.RestAssured.get("/q/metrics").then().statusCode(200);
        upload(Scenes.smallPng()).post("/v1/denoise").then().statusCode(200);

        request();
        assertThat(exported.getFinishedSpanItems()).filteredOn(span -> span.getKind() == SpanKind.SERVER).hasSize(1);
    }

    /** It ends a moment after the caller has the answer. */
    private SpanData request() {
        await().until(() -> exported.getFinishedSpanItems().stream().anyMatch(span -> span.getKind() == SpanKind.SERVER));
        return exported.getFinishedSpanItems().stream().filter(span -> span.getKind() == SpanKind.SERVER).findFirst().orElseThrow();
    }

    private List<SpanData> below(SpanData request) {
        return exported.getFinishedSpanItems().stream().filter(span -> span.getParentSpanId().equals(request.getSpanId()))
                .sorted(Comparator.comparing(SpanData::getStartEpochNanos).thenComparing(SpanData::getEndEpochNanos)).toList();
    }
}
