package dev.darkroom.page;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** A real Chromium without a window. */
public final class Browser implements AutoCloseable {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ChromeDriver driver;

    static {
        // It misses bindings to one version's developer tools, which nothing here uses.
        Logger.getLogger("org.openqa.selenium").setLevel(Level.SEVERE);
    }

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Whether this machine has the browser and its driver. */
    public static boolean installed() {
        return executable(NAMES).isPresent() && executable(List.of("chromedriver")).isPresent();
    }

    public static Browser open(String address) {
        var options = new ChromeOptions();
        options.setBinary(executable(NAMES).orElseThrow().toFile());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1200,1000");
        var service = new ChromeDriverService.Builder().usingDriverExecutable(executable(List.of("chromedriver")).orElseThrow().toFile()).build();
        var driver = new ChromeDriver(service, options);
        driver.get(address);
        return new Browser(driver);
    }

    private static Optional<Path> executable(List<String> names) {
        return names.stream().flatMap(Browser::onThePath).filter(Files::isExecutable).findFirst();
    }

    private static Stream<Path> onThePath(String name) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator)).map(folder -> Path.of(folder, name));
    }

    public WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    public List<WebElement> findAll(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    public WebElement when(String selector, Predicate<WebElement> ready) {
        await(selector).atMost(PATIENCE).ignoreExceptions().until(() -> ready.test(find(selector)));
        return find(selector);
    }

    public Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    List<String> complaints() {
        return driver.manage().logs().get("browser").getAll().stream().map(Object::toString).toList();
    }

    public byte[] screenshot() {
        return driver.getScreenshotAs(OutputType.BYTES);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
