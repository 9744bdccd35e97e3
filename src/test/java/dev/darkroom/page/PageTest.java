package dev.darkroom.page;

import static dev.darkroom.http.Service.upload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.enhance.SmallStore;
import dev.darkroom.image.raw.RawScenes;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

/** What can be done on the page for people, in a browser, where there is a Chromium with its driver. */
@EnabledIf("dev.darkroom.page.Browser#installed")
@QuarkusTest
@TestProfile(SmallStore.class)
class PageTest extends OnThePage {
    @Test
    void showsWhatTheServiceMadeOfThePhoto() throws IOException {
        byte[] file = picture(61, 43, 3);
        choose("#photo", file, "holiday.png");
        pick("#task", "deblur");
        press("#restore");
        browser.when("#comparing", WebElement::isDisplayed);

        assertThat(shown("#after")).isEqualTo(pixels(upload(file).post("/v1/deblur").asByteArray()));
        assertThat(shown("#before")).isEqualTo(pixels(file));
        assertThat(browser.find("#facts").getText()).startsWith("61 × 43, ").contains("cpu float32");
        assertThat(browser.find("#download").getDomAttribute("download")).matches("holiday-deblur-baseline-\\d+\\.png");
        assertThat(browser.complaints()).isEmpty();
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
        assertThat(browser.findAll("#scores th[scope=row]")).extracting(WebElement::getText).hasSize(3).first().isEqualTo("the photo");
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
        browser.when("#comparing", WebElement::isDisplayed);
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
        assertThat(browser.find("#comparing").isDisplayed()).isFalse();
        assertThat(browser.find("#restore").isEnabled()).isTrue();

        choose("#photo", picture(40, 30, 3), "b.png");
        browser.when("#problem", shown -> !shown.isDisplayed());
    }

    @Test
    void restoresSeveralPhotosAndForgetsNoneThatComesMeanwhile() throws IOException {
        choose("#photo", picture(300, 200, 3), "a.png");
        choose("#photo", picture(40, 30, 3), "b.png");
        browser.when("#photos li:nth-child(2)", WebElement::isDisplayed);
        pick("#task", "deblur");
        press("#restore-photos");
        choose("#photo", picture(20, 30, 3), "c.png");
        browser.when("#photos li:nth-child(3)", WebElement::isDisplayed);
        for (String photo : new String[] {"1", "2"}) {
            browser.when("#photos li:nth-child(%s)".formatted(photo), item -> item.getText().contains("done"));
        }
        assertThat(browser.find("#photos li:nth-child(3)").getText()).isEqualTo("c.png");

        press("#photos li:nth-child(2) button");
        assertThat(browser.focused().getText()).contains("b.png");
        assertThat(browser.find("#facts").getText()).contains("40 × 30");
        assertThat(archived().stream().map(name -> name.replaceAll("-[0-9]+\\.png", ".png"))).containsExactlyInAnyOrder("a-deblur-baseline.png", "b-deblur-baseline.png");
    }

    @Test
    void goesOnWithWhatWasMade() throws IOException {
        choose("#photo", picture(40, 30, 3), "a.png");
        pick("#task", "super-resolve");
        pick("#scale", "2");
        press("#restore");
        browser.when("#comparing", WebElement::isDisplayed);
        press("#reuse");
        browser.when("#photos li:nth-child(2) [aria-pressed=true]", WebElement::isDisplayed);
        browser.when("#facts", facts -> facts.getText().startsWith("the photo: 80 × 60"));
    }

    @Test
    void saysTheSameRequestForAShell() throws IOException {
        choose("#photo", picture(40, 30, 3), "it's.png");
        pick("#task", "dejpeg");
        press("#copy");
        assertThat(browser.when("#command", WebElement::isDisplayed).getText())
                .isEqualTo("curl -f --data-binary @'it'\\''s.png' '%sv1/dejpeg' -o restored".formatted(address));
    }

    @Test
    void hasExamplesOfItsOwn() {
        press("[data-example^=astronaut]");
        browser.when("#facts", facts -> facts.getText().startsWith("the photo: 512 × 512, 13 kB"));
        assertThat(new Select(browser.find("#task")).getFirstSelectedOption().getDomAttribute("value")).isEqualTo("dejpeg");
    }

    @Test
    void developsARawFileWithWhatThatIsAskedFor() throws IOException {
        byte[] file = RawScenes.mosaic(48, 32, new int[3 * 48 * 32], 12, "rggb", 0.5, 1, 0.6).file();
        choose("#photo", file, "shot.DNG");
        browser.when("#blind", blind -> blind.getText().contains("demosaic develops it"));
        assertThat(new Select(browser.find("#task")).getFirstSelectedOption().getDomAttribute("value")).isEqualTo("demosaic");
        browser.find("#wb").sendKeys("5200");
        browser.find("#exposure").sendKeys("0.5");
        press("#restore");
        browser.when("#after", image -> "48".equals(image.getDomProperty("naturalWidth")));
        press("#copy");
        assertThat(browser.when("#command", WebElement::isDisplayed).getText()).contains("v1/demosaic?wb=5200&exposure=0.5'");
    }
}
