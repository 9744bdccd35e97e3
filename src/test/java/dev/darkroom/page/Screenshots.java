package dev.darkroom.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.openqa.selenium.WebElement;

/** The pictures of the documents, of a service that runs at {@code screenshots.address}; {@code docs/screenshots/take} makes them. */
@EnabledIfSystemProperty(named = "screenshots.address", matches = ".+")
class Screenshots {
    private static final Path FOLDER = Path.of("docs/screenshots");
    private static final String ADDRESS = System.getProperty("screenshots.address");

    @Test
    void thePage() throws IOException {
        try (Browser browser = Browser.open(ADDRESS, "--window-size=1200,1250")) {
            restore(browser, "a noisy cat", "#restore");
            browser.find("[data-zoom='2']").click();
            browser.save(FOLDER.resolve("page.png"));
        }
    }

    @Test
    void onATelephone() throws IOException {
        try (Browser browser = Browser.open(ADDRESS, "--window-size=500,1000", "--force-dark-mode")) {
            restore(browser, "a noisy cat", "#restore");
            browser.run("document.querySelector('#results').scrollIntoView()");
            browser.save(FOLDER.resolve("telephone.png"));
        }
    }

    @Test
    void whatEveryCheckpointMakesOfAPhoto() throws IOException {
        try (Browser browser = Browser.open(ADDRESS, "--window-size=1200,1350")) {
            restore(browser, "an astronaut, much compressed", "#restore-all");
            browser.when("#grid li:nth-child(3)", WebElement::isDisplayed);
            browser.when("#restore-all", WebElement::isEnabled);
            browser.run("document.querySelector('#results').scrollIntoView()");
            browser.save(FOLDER.resolve("grid.png"));
        }
    }

    /** What was on a terminal, recorded by {@code script}. */
    @Test
    void theTerminal() throws IOException {
        String shown = Files.readString(Path.of(System.getProperty("screenshots.terminal"))).replaceAll("\033\\[[0-9;]*[A-Za-z]", "");
        try (Browser browser = Browser.open("about:blank", "--window-size=1100,640")) {
            browser.run("""
                    document.body.style = 'margin: 0; background: #16181d';
                    const text = document.createElement('pre');
                    text.style = 'margin: 1.2em; color: #d8dee9; font: 14px/1.5 monospace; white-space: pre-wrap';
                    text.textContent = arguments[0];
                    document.body.append(text);
                    """, shown.strip());
            browser.save(FOLDER.resolve("terminal.png"));
        }
    }

    private static void restore(Browser browser, String example, String how) {
        browser.findAll("[data-example]").stream().filter(button -> button.getText().equals(example)).findFirst().orElseThrow().click();
        browser.when("#facts", facts -> facts.getText().startsWith("the photo"));
        browser.when(how, WebElement::isEnabled).click();
        browser.when("#comparing", WebElement::isDisplayed);
    }
}
