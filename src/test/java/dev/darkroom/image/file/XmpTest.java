package dev.darkroom.image.file;

import static dev.darkroom.image.Pictures.latin1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets of strangers. */
class XmpTest {
    private static final String START = "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">";
    private static final String END = "</rdf:RDF></x:xmpmeta>";
    private static final String GAIN_MAP = "xmlns:hdrgm=\"http://ns.adobe.com/hdr-gain-map/1.0/\" hdrgm:Version=\"1.0\" ";

    @Test
    void leavesAPacketAloneThatSpeaksOfItsPictureOnly() {
        byte[] packet = latin1(START + "<rdf:Description rdf:about='' xmlns:xmp='http://ns.adobe.com/xap/1.0/' xmp:Rating='4'/>" + END + "   \0\0");
        assertThat(Xmp.ofThisPicture(packet)).containsSame(packet);
    }

    @Test
    void takesOutWhatSpeaksOfOtherPicturesAndNothingElse() {
        String packet = START + "<rdf:Description rdf:about=\"\" " + GAIN_MAP + "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmp:Rating=\"4\"/>" + END;
        assertThat(text(Xmp.ofThisPicture(latin1(packet)))).contains("xmp:Rating=\"4\"").doesNotContain("hdrgm", "hdr-gain-map");
    }

    @Test
    void leavesOfRightsWhoMadeThePictureAndWhoMayUseIt() {
        String packet = START + "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmp:Rating=\"4\">"
                + "<dc:rights><rdf:Alt><rdf:li>(c) Ada</rdf:li></rdf:Alt></dc:rights><dc:subject><rdf:Bag><rdf:li>dog</rdf:li></rdf:Bag></dc:subject></rdf:Description>" + END;
        assertThat(text(Xmp.rights(latin1(packet)))).contains("(c) Ada").doesNotContain("dog", "Rating");
        assertThat(Xmp.rights(latin1(START + "<rdf:Description rdf:about=\"\"/>" + END))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x:xmpmeta xmlns:x='adobe:ns:meta/' GAIN>&e;</x:xmpmeta>", "<a GAIN", "GAIN", "<a GAIN></b>"})
    void dropsWhatItCannotReadAndMaySpeakOfOthers(String packet) {
        assertThat(Xmp.ofThisPicture(latin1(packet.replace("GAIN", GAIN_MAP)))).isEmpty();
    }

    @Test
    void costsLittleWhateverIsInIt() {
        String blanks = " ".repeat(1 << 19);
        String deep = "<a " + GAIN_MAP + ">" + "<a>".repeat(100_000);
        Assertions.assertTimeout(Duration.ofSeconds(20), () -> {
            Xmp.ofThisPicture(latin1("<a " + GAIN_MAP + ">" + blanks + "x" + blanks + "x"));
            Xmp.orientation(latin1("tiff:Orientation" + blanks));
            assertThat(Xmp.ofThisPicture(latin1(deep))).isEmpty();
        });
    }

    private static String text(Optional<byte[]> packet) {
        return new String(packet.orElseThrow(), StandardCharsets.UTF_8);
    }
}
