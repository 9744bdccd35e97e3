package dev.darkroom.http.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The file of API keys as it is now: revoking a key needs no restart.
 *
 * <p>A new version that cannot be read, or has no key, changes nothing but the log: half a file must not lock everyone out.
 */
final class KeyFile {
    private static final Logger LOG = Logger.getLogger(KeyFile.class);

    private final Path file;
    private final Allowance otherwise;
    private Version seen;
    private volatile ApiKeys keys;

    /** What tells a version from the one before: Kubernetes replaces a secret's file, and an editor may keep its size. */
    private record Version(FileTime modified, long bytes, Object inode) {
        static final Version MISSING = new Version(null, 0, null);

        static Version of(Path file) {
            try {
                var now = Files.readAttributes(file, BasicFileAttributes.class);
                return new Version(now.lastModifiedTime(), now.size(), now.fileKey());
            } catch (IOException e) {
                return MISSING;
            }
        }
    }

    /** @throws IllegalArgumentException naming the line that cannot be read, never what is in it */
    KeyFile(Path file, Allowance otherwise) {
        this.file = file;
        this.otherwise = otherwise;
        seen = Version.of(file); // before reading, so that a change meanwhile is noticed
        keys = ApiKeys.read(file, otherwise);
    }

    Optional<ApiKey> find(String secret) {
        return keys.find(secret);
    }

    /** Reads the file if it is another than the last one looked at, whether that could be read or not. */
    synchronized void refresh() {
        Version now = Version.of(file);
        if (now.equals(seen)) {
            return;
        }
        seen = now;
        try {
            keys = ApiKeys.read(file, otherwise);
            LOG.infof("the file of API keys has changed, keys now: %d", keys.size());
        } catch (RuntimeException e) {
            LOG.errorf("the file of API keys has changed, and the keys of before stay valid: %s", e.getMessage());
        }
    }
}
