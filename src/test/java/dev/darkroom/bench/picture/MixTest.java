package dev.darkroom.bench.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MixTest {
    private final Mix mix = Mix.standard();

    @Test
    void dealsEverySizeAsOftenAsItsShare() {
        List<SizeClass> deck = mix.deck(1);
        assertThat(mix.classes()).allSatisfy(size -> assertThat(deck.stream().filter(size::equals)).hasSize(size.count()));
        assertThat(deck).hasSize(20);
    }

    @Test
    void shufflesBySeed() {
        assertThat(mix.deck(1)).isEqualTo(mix.deck(1)).isNotEqualTo(mix.deck(2)).containsExactlyInAnyOrderElementsOf(mix.deck(2));
    }

    @Test
    void goesFromATenthOfAMegapixelToTwelve() {
        assertThat(mix.smallest().megapixels()).isBetween(0.09, 0.11);
        assertThat(mix.classes()).extracting(SizeClass::megapixels).isSorted().last().isEqualTo(12.0);
        assertThat(mix.large().megapixels()).isBetween(49.0, 51.0);
    }
}
