package dev.darkroom.train.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.train.TestPhotos;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhotoFileTest {

    @TempDir
    private Path folder;

    @Test
    void readsPlanarRgb() {
        byte[] bgr = {(byte) 255, 51, 0, 0, 102, (byte) 204};
        Path file = TestPhotos.write(folder.resolve("two.png"), 2, 1, bgr);

        Photograph photo = new PhotoFile(file).read();

        assertThat(photo.width()).isEqualTo(2);
        assertThat(photo.height()).isEqualTo(1);
        assertThat(photo.whole().values()).containsExactly(0, 0.8f, 0.2f, 0.4f, 1, 0);
    }

    @Test
    void listsThePicturesOfAFolderByName() throws IOException {
        TestPhotos.gradient(folder.resolve("b.png"), 4, 4);
        TestPhotos.gradient(folder.resolve("a.JPG"), 4, 4);
        Files.writeString(folder.resolve("notes.txt"), "not a picture");

        assertThat(PhotoFile.in(folder)).extracting(photo -> photo.path().getFileName().toString())
                .containsExactly("a.JPG", "b.png");
    }

    @Test
    void refusesAFolderWithoutPictures() {
        assertThatThrownBy(() -> PhotoFile.in(folder))
                .isInstanceOf(PhotoFileException.class)
                .hasMessageContaining("holds no pictures");
    }

    @Test
    void refusesAFolderThatIsNotThere() {
        assertThatThrownBy(() -> PhotoFile.in(folder.resolve("gone")))
                .isInstanceOf(PhotoFileException.class)
                .hasMessage("gone is not a folder");
    }

    @Test
    void refusesAFileThatIsNoPicture() throws IOException {
        Path file = Files.writeString(folder.resolve("broken.png"), "not a picture");

        assertThatThrownBy(() -> new PhotoFile(file).read())
                .isInstanceOf(PhotoFileException.class)
                .hasMessage("broken.png is damaged or not a picture");
    }
}
