package dev.darkroom.page;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.interactions.WheelInput;

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
        return open(address, "--window-size=1200,1000");
    }

    /** @param switches of Chromium, among them the size of the window */
    static Browser open(String address, String... switches) {
        var options = new ChromeOptions();
        options.setBinary(executable(NAMES).orElseThrow().toFile());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage");
        options.addArguments(switches);
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

    /** What axe-core finds wrong for those who cannot see or point, a line for each rule. */
    List<String> barriers() {
        driver.manage().timeouts().scriptTimeout(PATIENCE);
        driver.executeScript(axe());
        Object found = driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                axe.run().then(({ violations }) => done(violations.map(({ id, nodes }) => id + ': ' + nodes.map(node => node.target + ' ' + node.any.map(check => check.message)).join('; '))));
                """);
        return ((List<?>) found).stream().map(Object::toString).toList();
    }

    private static String axe() {
        try (InputStream script = Browser.class.getResourceAsStream("/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the window shows, as a PNG. */
    void save(Path file) throws IOException {
        Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    List<String> complaints() {
        return driver.manage().logs().get("browser").getAll().stream().map(Object::toString).toList();
    }

    void wheel(WebElement over, int deltaY) {
        new Actions(driver).scrollFromOrigin(WheelInput.ScrollOrigin.fromElement(over), 0, deltaY).perform();
    }

    void drag(WebElement what, int right, int down) {
        new Actions(driver).dragAndDropBy(what, right, down).perform();
    }

    WebElement focused() {
        return driver.switchTo().activeElement();
    }

    public byte[] screenshot() {
        return driver.getScreenshotAs(OutputType.BYTES);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
