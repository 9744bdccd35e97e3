package dev.darkroom.image.strange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.MetadataPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of files that other programs write. */
class StrangeFilesTest {
    /** The same cases as other programs drew them, where they lie beside the checkout. */
    private static final Path CASES = Path.of("../shared/cases/images");
    private static final List<String> NO_CASES = List.of("README.md", "make.py");

    static List<Strange> drawn() {
        return Stream.of(StrangePngs.files(), StrangeJpegs.files(), StrangeBmps.files(), StrangeTiffs.files(), StrangeWebps.files())
                .flatMap(List::stream).toList();
    }

    @ParameterizedTest
    @MethodSource("drawn")
    void answersRightOrNamesOrRefuses(Strange strange) {
        strange.check().accept(Strange.Outcome.of(strange.file(), ImageFormat.PNG, MetadataPolicy.KEEP));
    }

    static Stream<Path> cases() throws IOException {
        if (!Files.isDirectory(CASES)) {
            return Stream.of();
        }
        try (Stream<Path> files = Files.list(CASES)) {
            return files.filter(file -> !NO_CASES.contains(file.getFileName().toString())).sorted().toList().stream();
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("cases")
    void doesTheSameWithTheCasesBesideTheCheckout(Path file) throws IOException {
        String name = file.getFileName().toString();
        List<Strange> known = drawn().stream().filter(strange -> strange.name().equals(name)).toList();
        assertThat(known).describedAs("drawn too").hasSize(1);
        known.get(0).check().accept(Strange.Outcome.of(Files.readAllBytes(file), ImageFormat.PNG, MetadataPolicy.KEEP));
    }
}
