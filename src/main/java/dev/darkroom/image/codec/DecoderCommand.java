package dev.darkroom.image.codec;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.opencv_core.Mat;

/** How a {@link DecoderProcess} is started: this machine's Java, with little memory and nothing on its class path but what decodes. */
final class DecoderCommand {

    /** One class of each archive that is looked for by name. */
    private static final List<String> OTHERS = List.of("com/twelvemonkeys/imageio/plugins/tiff/TIFFImageReader.class",
            "com/twelvemonkeys/imageio/plugins/jpeg/JPEGImageReader.class", "com/twelvemonkeys/imageio/ImageReaderBase.class",
            "com/twelvemonkeys/imageio/metadata/Directory.class", "com/twelvemonkeys/lang/StringUtil.class", "com/twelvemonkeys/io/FileUtil.class",
            "com/twelvemonkeys/image/ImageUtil.class", "org/bytedeco/ffmpeg/global/avcodec.class");

    private DecoderCommand() {}

    static List<String> line() {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=/dev/null",
                "-Djava.awt.headless=true"));
        String cache = System.getProperty("org.bytedeco.javacpp.cachedir");
        if (cache != null) {
            command.add("-Dorg.bytedeco.javacpp.cachedir=" + cache);
        }
        command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath()), DecoderProcess.class.getName()));
        return command;
    }

    /** Just what decodes: our own classes, JavaCPP, OpenCV, TwelveMonkeys, FFmpeg if it is there, and the archives with their native libraries. */
    private static Set<String> classPath() {
        var path = new LinkedHashSet<String>();
        for (Class<?> type : List.of(DecoderProcess.class, Loader.class, Mat.class, org.bytedeco.openblas.global.openblas.class)) {
            path.add(place(type.getProtectionDomain().getCodeSource().getLocation()));
        }
        for (String type : OTHERS) {
            URL found = DecoderCommand.class.getClassLoader().getResource(type);
            if (found != null) {
                path.add(place(found));
            }
        }
        String platform = Loader.getPlatform();
        for (String library : List.of("javacpp/%s/%s".formatted(platform, System.mapLibraryName("jnijavacpp")),
                "opencv/%s/%s".formatted(platform, System.mapLibraryName("jniopencv_core")),
                "openblas/%s/%s".formatted(platform, System.mapLibraryName("jniopenblas")),
                "ffmpeg/%s/%s".formatted(platform, System.mapLibraryName("jniavcodec")))) {
            URL found = Mat.class.getClassLoader().getResource("org/bytedeco/" + library);
            if (found != null) {
                path.add(place(found));
            }
        }
        return path;
    }

    private static String place(URL url) {
        String text = url.toString();
        String file = text.startsWith("jar:") ? text.substring("jar:".length(), text.indexOf("!/")) : text;
        try {
            return Path.of(new URI(file)).toString();
        } catch (URISyntaxException e) {
            throw new UncheckedIOException(new IOException("no place for a decoder's classes", e));
        }
    }
}
