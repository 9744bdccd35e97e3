package dev.darkroom.page;

import static dev.darkroom.http.Service.upload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.enhance.SmallStore;
import dev.darkroom.image.Pictures;
import dev.darkroom.image.file.ImageFormat;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** How the page shows pictures, in a browser, where there is a Chromium with its driver. */
@EnabledIf("dev.darkroom.page.Browser#installed")
@QuarkusTest
@TestProfile(SmallStore.class)
class ViewerTest extends OnThePage {
    @Test
    void movesTheLineBetweenThePicturesByKey() throws IOException {
        choose("#photo", picture(61, 43, 3), "a.png");
        pick("#task", "deblur");
        press("#restore");
        browser.when("#comparing", WebElement::isDisplayed);
        WebElement divide = browser.find("#divide");
        divide.sendKeys(Keys.HOME);
        assertThat(visiblePartOfTheLeft()).isZero();
        divide.sendKeys(Keys.END);
        assertThat(visiblePartOfTheLeft()).isEqualTo(1);
    }

    @Test
    void showsThePhotoAtOnceWithWhatItIs() throws IOException {
        choose("#photo", picture(61, 43, 3), "a.png");
        browser.when("#stage", WebElement::isDisplayed);
        assertThat(browser.find("#facts").getText()).matches("the photo: 61 × 43, \\d+ kB");
    }

    @Test
    void showsFilesThatNoBrowserKnows() throws IOException {
        byte[] file = Pictures.encode(photo(61, 43, 3), ImageFormat.TIFF);
        choose("#photo", file, "scan.tif");
        browser.when("#stage", WebElement::isDisplayed);
        assertThat(shown("#after")).isEqualTo(pixels(file));

        pick("#task", "deblur");
        press("#restore");
        browser.when("#comparing", WebElement::isDisplayed);
        assertThat(shown("#after")).isEqualTo(pixels(upload(file).post("/v1/deblur").asByteArray()));
        assertThat(browser.find("#download").getDomAttribute("download")).endsWith(".tif");
    }

    @Test
    void zoomsAndPansByKeyWheelAndButton() throws IOException {
        choose("#photo", picture(61, 43, 3), "a.png");
        WebElement stage = browser.when("#stage", WebElement::isDisplayed);
        stage.sendKeys("2");
        browser.when("#zoom", zoom -> zoom.getText().equals("200 %"));
        browser.wheel(stage, -100);
        browser.when("#zoom", zoom -> zoom.getText().equals("250 %"));
        press("[data-zoom='4']");
        browser.when("#zoom", zoom -> zoom.getText().equals("400 %"));
        int before = browser.find("#after").getRect().getX();
        browser.drag(stage, 50, 0);
        assertThat(browser.find("#after").getRect().getX() - before).isEqualTo(50);
        stage.sendKeys("f");
        assertThat(browser.find("#after").getRect().getX()).isGreaterThanOrEqualTo(stage.getRect().getX());
    }

    @Test
    void keepsTheLineInViewWhateverIsZoomed() throws IOException {
        choose("#photo", picture(61, 43, 3), "a.png");
        pick("#task", "deblur");
        press("#restore");
        browser.when("#comparing", WebElement::isDisplayed);
        press("[data-zoom='4']");
        browser.drag(browser.find("#stage"), -150, 40);
        int line = browser.find("#divide").getRect().getX();
        assertThat(line).isBetween(browser.find("#stage").getRect().getX(), browser.find("#stage").getRect().getX() + browser.find("#stage").getRect().getWidth());
        browser.drag(browser.find("#divide"), 100, 0);
        assertThat(browser.find("#divide").getRect().getX() - line).isBetween(99, 101);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--window-size=1200,1000", "--window-size=500,900", "--force-dark-mode"})
    void hasNoBarriers(String window) throws IOException {
        browser.close();
        browser = Browser.open(address, window);
        choose("#photo", picture(61, 43, 3), "a.png");
        choose("#photo", picture(40, 30, 3), "b.png");
        pick("#task", "dejpeg");
        press("#restore-all");
        browser.when("#grid li:nth-child(2)", WebElement::isDisplayed);
        browser.when("#scoring", WebElement::isDisplayed);

        assertThat(browser.barriers()).isEmpty();
        assertThat((Boolean) browser.run("return document.documentElement.scrollWidth <= innerWidth")).as("nothing sticks out to the right").isTrue();
    }

    private double visiblePartOfTheLeft() {
        return Double.parseDouble(browser.find("#divide").getDomAttribute("aria-valuenow")) / 100;
    }
}
