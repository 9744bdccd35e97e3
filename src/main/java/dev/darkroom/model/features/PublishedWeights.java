package dev.darkroom.model.features;

import dev.darkroom.model.pytorch.WeightTensor;
import java.net.URI;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Weights that can be installed: where their authors publish them, and what exactly they are.
 *
 * <p>Two digests pin them: the published file's, checked before anything reads it, and that of the installed file, which
 * is the same wherever the weights came from.
 *
 * @param id what users call them
 * @param source the published file
 * @param sourceSha256 of the published file
 * @param sourceBytes its length
 * @param archive their file name where they come as a NumPy archive
 * @param sha256 of the installed file
 * @param kept matches the names of the tensors that are installed
 * @param renamed what they are called then, a replacement for {@code kept}
 */
record PublishedWeights(String id, String licence, URI source, String sourceSha256, long sourceBytes, String archive,
        String sha256, Pattern kept, String renamed) {

    /** The published file's own name. */
    String file() {
        return source.getPath().substring(source.getPath().lastIndexOf('/') + 1);
    }

    /** Part of the name is the digest's beginning, so that a reader can tell a damaged file from a sound one. */
    String installedFile() {
        return id + "-" + sha256.substring(0, 16) + ".safetensors";
    }

    boolean keeps(String tensor) {
        return kept.matcher(tensor).matches();
    }

    /** The tensors that are kept, under the names that they are installed with. */
    SortedMap<String, WeightTensor> selected(Map<String, WeightTensor> tensors) {
        var selected = new TreeMap<String, WeightTensor>();
        tensors.forEach((name, tensor) -> {
            Matcher matcher = kept.matcher(name);
            if (matcher.matches()) {
                selected.put(matcher.replaceFirst(renamed), tensor);
            }
        });
        return selected;
    }
}
