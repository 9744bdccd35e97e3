package dev.darkroom.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.batching.Capacity;
import dev.darkroom.enhance.Halo;
import dev.darkroom.http.HttpConfig;
import dev.darkroom.image.ImageLimits;
import dev.darkroom.model.Precision;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an operator gets without setting anything, and that every setting arrives. */
class ConfigDefaultsTest {

    @Test
    void hasTheseDefaults() {
        SmallRyeConfig config = config(Map.of());
        var darkroom = config.getConfigMapping(DarkroomConfig.class);
        assertThat(darkroom.modelStore()).isEqualTo(Path.of("model-store"));
        assertThat(darkroom.inference().device()).isEqualTo("auto");
        assertThat(darkroom.inference().precision()).isEmpty();
        assertThat(darkroom.inference().threads()).isZero();
        assertThat(darkroom.inference().instances()).isEqualTo(1);
        assertThat(darkroom.inference().residentModels().asLongValue()).isEqualTo(512L << 20);
        assertThat(darkroom.inference().batchMegapixels()).isEqualTo(4);
        assertThat(darkroom.inference().batchTime()).isEqualTo(Duration.ofMillis(250));
        assertThat(darkroom.inference().delay()).isZero();
        assertThat(darkroom.inference().halo()).isEqualTo(Halo.MEASURED);
        assertThat(darkroom.limits().maxSide()).isEqualTo(30_000);
        assertThat(darkroom.limits().maxMegapixels()).isEqualTo(100);
        assertThat(darkroom.limits().maxExpansion()).isEqualTo(ImageLimits.DEFAULT_EXPANSION);
        assertThat(darkroom.limits().maxMetadata().asLongValue()).isEqualTo(ImageLimits.DEFAULT_METADATA_BYTES);
        assertThat(darkroom.limits().decoderProcesses()).isZero();
        assertThat(darkroom.limits().queueMegapixels()).isEqualTo(400);
        assertThat(darkroom.limits().queueMemory()).isEmpty();
        assertThat(darkroom.limits().backlog()).isEqualTo(Duration.ofMinutes(1));
        assertThat(darkroom.limits().timeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(darkroom.limits().codecThreads()).isZero();
        HttpConfig http = config.getConfigMapping(HttpConfig.class);
        assertThat(http.maxUpload().asLongValue()).isEqualTo(128L << 20);
        assertThat(http.uploadTimeout()).isEqualTo(Duration.ofMinutes(5));
        assertThat(http.leastRate().asLongValue()).isEqualTo(16 << 10);
        assertThat(http.uploadsOfACaller()).isEqualTo(64);
        assertThat(http.connectionsOfAnAddress()).isEqualTo(1000);
        assertThat(http.idleTimeout()).isEqualTo(Duration.ofMinutes(11));
        assertThat(http.clearTextHttp2()).isFalse();
    }

    @Test
    void readsEverySetting() {
        var settings = new HashMap<String, String>();
        settings.put("darkroom.model-store", "/srv/models");
        settings.put("darkroom.inference.device", "cuda:1");
        settings.put("darkroom.inference.precision", "bfloat16");
        settings.put("darkroom.inference.threads", "4");
        settings.put("darkroom.inference.batch-megapixels", "2.5");
        settings.put("darkroom.limits.max-side", "5000");
        settings.put("darkroom.limits.max-megapixels", "12");
        settings.put("darkroom.limits.max-expansion", "200");
        settings.put("darkroom.limits.decoder-processes", "2");
        settings.put("darkroom.limits.max-metadata", "2M");
        settings.put("darkroom.limits.queue-megapixels", "24");
        settings.put("darkroom.inference.instances", "2");
        settings.put("darkroom.inference.batch-time", "90ms");
        settings.put("darkroom.inference.delay", "3ms");
        settings.put("darkroom.inference.halo", "exact");
        settings.put("darkroom.limits.queue-memory", "2G");
        settings.put("darkroom.limits.backlog", "20s");
        settings.put("darkroom.limits.timeout", "30s");
        settings.put("darkroom.limits.codec-threads", "3");
        settings.put("darkroom.scoring.timeout", "40s");
        settings.put("darkroom.scoring.gives-way", "true");
        settings.put("darkroom.http.max-upload", "10M");
        SmallRyeConfig config = config(settings);

        var darkroom = config.getConfigMapping(DarkroomConfig.class);
        assertThat(darkroom.modelStore()).isEqualTo(Path.of("/srv/models"));
        var inference = darkroom.inferenceSettings();
        assertThat(inference.device()).isEqualTo("cuda:1");
        assertThat(inference.precision()).contains(Precision.BFLOAT16);
        assertThat(inference.threads()).isEqualTo(4);
        assertThat(inference.instances()).isEqualTo(2);
        assertThat(inference.batchPixels()).isEqualTo(2_500_000);
        assertThat(inference.batchTime()).isEqualTo(Duration.ofMillis(90));
        assertThat(inference.delay()).isEqualTo(Duration.ofMillis(3));
        var enhance = darkroom.enhanceSettings();
        assertThat(enhance.limits().maxWidth()).isEqualTo(5000);
        assertThat(enhance.limits().maxHeight()).isEqualTo(5000);
        assertThat(enhance.limits().maxMegapixels()).isEqualTo(12);
        assertThat(enhance.limits().maxExpansion()).isEqualTo(200);
        assertThat(enhance.limits().maxMetadataBytes()).isEqualTo(2 << 20);
        assertThat(enhance.decoderProcesses()).isEqualTo(2);
        assertThat(enhance.capacity()).isEqualTo(new Capacity(24_000_000, 2L << 30, Duration.ofSeconds(20)));
        assertThat(enhance.timeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(enhance.codecThreads()).isEqualTo(3);
        assertThat(enhance.halo()).isEqualTo(Halo.EXACT);
        assertThat(darkroom.scoring().timeout()).isEqualTo(Duration.ofSeconds(40));
        assertThat(darkroom.scoring().givesWay()).isTrue();
        assertThat(config.getConfigMapping(HttpConfig.class).maxUpload().asLongValue()).isEqualTo(10L << 20);
    }

    @Test
    void scoringHasTheLimitsOfEnhancing() {
        var darkroom = config(Map.of("darkroom.inference.device", "cpu", "darkroom.limits.max-megapixels", "12"))
                .getConfigMapping(DarkroomConfig.class);
        var score = darkroom.scoreSettings();
        assertThat(score.limits()).isEqualTo(darkroom.enhanceSettings().limits());
        assertThat(score.capacity()).isEqualTo(darkroom.enhanceSettings().capacity());
        assertThat(score.timeout()).isEqualTo(Duration.ofMinutes(4));
        assertThat(score.devices()).containsExactly("cpu");
    }

    @Test
    void refusesASettingThatDoesNotExist() {
        assertThatThrownBy(() -> config(Map.of("darkroom.limits.max-megapixel", "12"))).hasMessageContaining("max-megapixel");
    }

    @Test
    void refusesAQueueSmallerThanTheLargestImage() {
        var darkroom = config(Map.of("darkroom.limits.queue-megapixels", "99")).getConfigMapping(DarkroomConfig.class);
        assertThatThrownBy(darkroom::enhanceSettings).hasMessageContaining("queue");
    }

    private static SmallRyeConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder().addDiscoveredConverters()
                .withMapping(DarkroomConfig.class).withMapping(HttpConfig.class)
                .withSources(new PropertiesConfigSource(settings, "test", 100)).build();
    }
}
