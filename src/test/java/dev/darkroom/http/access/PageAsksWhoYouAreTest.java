package dev.darkroom.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.http.Service;
import dev.darkroom.page.Browser;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

@EnabledIf("dev.darkroom.page.Browser#installed")
@QuarkusTest
@TestProfile(GuardedService.class)
class PageAsksWhoYouAreTest {
    @TestHTTPResource("/")
    String address;

    @Test
    void whereAKeyIsNeededAndNoLongerOnceItIsGiven() {
        Service.awaitLoaded();
        try (Browser browser = Browser.open(address)) {
            browser.when("#access", WebElement::isDisplayed);
            assertThat(browser.find("#problem").getText()).isNotBlank();
            browser.find("#key").sendKeys(GuardedService.ENHANCE, Keys.TAB);
            browser.when("#access", access -> !access.isDisplayed());
        }
    }
}
