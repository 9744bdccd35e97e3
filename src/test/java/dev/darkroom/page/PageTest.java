package dev.darkroom.page;

import static dev.darkroom.http.Service.upload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.enhance.SmallStore;
import dev.darkroom.http.Service;
import dev.darkroom.image.Photo;
import dev.darkroom.image.Pictures;
import dev.darkroom.image.Raster;
import dev.darkroom.image.file.ImageFormat;
import dev.darkroom.image.file.Metadata;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

/** The page for people, in a browser, where there is a Chromium with its driver. */
@EnabledIf("dev.darkroom.page.Browser#installed")
@QuarkusTest
@TestProfile(SmallStore.class)
class PageTest {
    @TestHTTPResource("/")
    String address;

    @TempDir
    Path folder;

    private Browser browser;

    @BeforeEach
    void open() {
        Service.awaitLoaded();
        browser = Browser.open(address);
    }

    @AfterEach
    void close() {
        browser.close();
    }

    @Test
    void showsWhatTheServiceMadeOfThePhoto() throws IOException {
        byte[] file = picture(61, 43, 3);
        choose("#photo", file, "holiday.png");
        pick("#task", "deblur");
        press("#restore");
        browser.when("#results", WebElement::isDisplayed);

        assertThat(shown("#after")).isEqualTo(pixels(upload(file).post("/v1/deblur").asByteArray()));
        assertThat(shown("#before")).isEqualTo(pixels(file));
        assertThat(browser.find("#facts").getText()).startsWith("deblur/baseline@").contains("cpu float32");
        assertThat(browser.find("#download").getDomAttribute("download")).matches("holiday-deblur-baseline-\\d+\\.png");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void movesTheLineBetweenThePicturesByKey() throws IOException {
        choose("#photo", picture(61, 43, 3), "a.png");
        pick("#task", "deblur");
        press("#restore");
        browser.when("#results", WebElement::isDisplayed);
        WebElement divide = browser.find("#divide");
        divide.sendKeys(Keys.HOME);
        assertThat(visiblePartOfTheLeft()).isZero();
        divide.sendKeys(Keys.END);
        assertThat(visiblePartOfTheLeft()).isEqualTo(1);
    }

    private double visiblePartOfTheLeft() {
        return Double.parseDouble(((String) browser.run("return getComputedStyle(document.getElementById('frame')).getPropertyValue('--divide')"))
                .replace("%", "")) / 100;
    }

    @Test
    void runsEveryCheckpointAndRanksThemByTheOriginal() throws IOException {
        byte[] file = picture(120, 90, 3);
        choose("#photo", file, "a.png");
        pick("#task", "dejpeg");
        press("#restore-all");
        browser.when("#right option:nth-child(3)", option -> true);
        browser.when("#scoring", WebElement::isDisplayed);

        choose("#reference", file, "original.png");
        press("#score");
        browser.when("#scores table", WebElement::isDisplayed);
        assertThat(browser.findAll("#scores th[scope=row]")).extracting(WebElement::getText).hasSize(3).first().isEqualTo("input");
        assertThat(browser.find("#scores tr:nth-child(2) td").getText()).isEqualTo("∞");
        assertThat(browser.findAll("#scores p")).extracting(WebElement::getText)
                .describedAs("this store has no feature networks").anyMatch(reason -> reason.startsWith("lpips: needs the weights"));
    }

    @Test
    void offersWhatATaskCanBeAskedAndSendsNothingElse() throws IOException {
        byte[] file = picture(40, 30, 3);
        choose("#photo", file, "a.png");
        pick("#task", "super-resolve");
        assertThat(browser.find("#sigma").isDisplayed()).isFalse();
        assertThat(browser.find("#strength").isDisplayed()).isFalse();
        pick("#scale", "2");
        press("#restore");
        browser.when("#results", WebElement::isDisplayed);
        browser.when("#after", image -> "80".equals(image.getDomProperty("naturalWidth")));
        assertThat(shown("#after")).isEqualTo(pixels(upload(file).post("/v1/super-resolve?scale=2").asByteArray()));
    }

    @Test
    void saysWhyAPhotoWasRefused() throws IOException {
        choose("#photo", "no picture".getBytes(), "a.png");
        pick("#task", "deblur");
        press("#restore");
        WebElement problem = browser.when("#problem", WebElement::isDisplayed);
        String detail = upload("no picture".getBytes()).post("/v1/deblur").jsonPath().getString("detail");
        assertThat(problem.getText()).startsWith(detail).contains("request ");
        assertThat(browser.find("#results").isDisplayed()).isFalse();
        assertThat(browser.find("#restore").isEnabled()).isTrue();
    }

    private static byte[] picture(int width, int height, int channels) {
        try (Raster pixels = Pictures.smooth(width, height, channels, 8, 3)) {
            return Pictures.encode(new Photo(pixels, Optional.empty(), Metadata.NONE), ImageFormat.PNG);
        }
    }

    private void choose(String input, byte[] file, String name) throws IOException {
        browser.find(input).sendKeys(Files.write(folder.resolve(name), file).toAbsolutePath().toString());
    }

    private void pick(String select, String value) {
        new Select(browser.find(select)).selectByValue(value);
    }

    private void press(String button) {
        browser.when(button, WebElement::isEnabled).click();
    }

    /** The pixels that the page shows, whatever file they came in. */
    private int[] shown(String image) {
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

    private static int[] pixels(byte[] file) {
        try (Photo photo = Pictures.decode(file)) {
            return Pictures.samples(photo.pixels());
        }
    }
}
