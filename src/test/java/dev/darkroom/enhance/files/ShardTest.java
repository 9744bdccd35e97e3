package dev.darkroom.enhance.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names belong to which part. */
class ShardTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 1000})
    void everyNameIsInExactlyOne(int count) {
        var random = new Random(count);
        List<Shard> shards = IntStream.range(0, count).mapToObj(index -> new Shard(index, count)).toList();
        for (int i = 0; i < 200; i++) {
            String name = "folder-é/" + random.nextLong() + ".jpg";
            assertThat(shards.stream().filter(shard -> shard.has(name))).hasSize(1);
        }
    }

    @Test
    void partsAreOfSimilarSize() {
        List<Integer> sizes = IntStream.range(0, 8).mapToObj(index -> new Shard(index, 8))
                .map(shard -> (int) IntStream.range(0, 8000).filter(i -> shard.has("IMG_%04d.JPG".formatted(i))).count()).toList();
        assertThat(sizes).allMatch(size -> size > 900 && size < 1100);
    }

    @Test
    void allOfThemIsThePartOfOne() {
        assertThat(Stream.of("a", "b", "")).allMatch(Shard.ALL::has);
        assertThat(Shard.parse("0/1")).isEqualTo(Shard.ALL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1/", "/2", "2/2", "-1/2", "0/0", "1/2/3", "a/b", "0/99999999999"})
    void refusesWhatIsNoPart(String text) {
        assertThatThrownBy(() -> Shard.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
