package dev.darkroom.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.http.Service;
import dev.darkroom.image.Photo;
import dev.darkroom.image.Pictures;
import dev.darkroom.image.Raster;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.Metadata;
import io.quarkus.test.common.http.TestHTTPResource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

/** The page for people, open in a browser of its own for each test. */
abstract class OnThePage {
    @TestHTTPResource("/")
    String address;

    @TempDir
    Path folder;

    Browser browser;

    @BeforeEach
    void open() {
        Service.awaitLoaded();
        browser = Browser.open(address);
    }

    @AfterEach
    void close() {
        browser.close();
    }

    /** The names in the archive that the page offers, as Java reads it. */
    List<String> archived() throws IOException {
        browser.run("""
                const address = URL.createObjectURL;
                URL.createObjectURL = blob => {
                  if (blob.type === 'application/zip') {
                    blob.arrayBuffer().then(bytes => { window.archive = btoa(String.fromCharCode(...new Uint8Array(bytes))); });
                  }
                  return address(blob);
                };
                """);
        press("#download-all");
        browser.when("body", body -> browser.run("return window.archive") != null);
        List<String> names = new ArrayList<>();
        try (var archive = new ZipInputStream(new ByteArrayInputStream(Base64.getDecoder().decode((String) browser.run("return window.archive"))))) {
            for (ZipEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                assertThat(pixels(archive.readAllBytes())).isNotEmpty();
                names.add(entry.getName());
            }
        }
        return names;
    }

    static Photo photo(int width, int height, int channels) {
        return new Photo(Pictures.smooth(width, height, channels, 8, 3), Optional.empty(), Metadata.NONE);
    }

    static byte[] picture(int width, int height, int channels) {
        try (Raster pixels = Pictures.smooth(width, height, channels, 8, 3)) {
            return Pictures.encode(new Photo(pixels, Optional.empty(), Metadata.NONE), ImageFormat.PNG);
        }
    }

    void choose(String input, byte[] file, String name) throws IOException {
        browser.find(input).sendKeys(Files.write(folder.resolve(name), file).toAbsolutePath().toString());
    }

    void pick(String select, String value) {
        new Select(browser.find(select)).selectByValue(value);
    }

    void press(String button) {
        browser.when(button, WebElement::isEnabled).click();
    }

    /** The pixels that the page shows, whatever file they came in. */
    int[] shown(String image) {
        String encoded = (String) browser.run("""
                const image = document.querySelector(arguments[0]);
                const canvas = document.createElement('canvas');
                canvas.width = image.naturalWidth;
                canvas.height = image.naturalHeight;
                canvas.getContext('2d').drawImage(image, 0, 0);
                return canvas.toDataURL('image/png').split(',')[1];
                """, image);
        return pixels(Base64.getDecoder().decode(encoded));
    }

    static int[] pixels(byte[] file) {
        try (Photo photo = Pictures.decode(file)) {
            return Pictures.samples(photo.pixels());
        }
    }
}
