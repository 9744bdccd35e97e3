package dev.darkroom.loss.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.function.BinaryOperator;

/**
 * The features of whole pictures, computed window by window: as exact as at once, in the memory of a window and the map itself.
 *
 * @param layer one whose map of a large picture is affordable: at stride 8 and 512 channels 32 bytes a pixel
 */
public record FeatureMap(FeatureNetwork network, String layer) {

    /** (N,3,H,W) to (N,C,H',W'), in the manager of the pictures. */
    public NDArray of(NDArray pictures) {
        NDManager outer = pictures.getManager();
        try (NDManager scope = outer.newSubManager()) {
            NDList rows = new NDList();
            NDList row = new NDList();
            for (Window window : Window.of(pictures.getShape(), network.reach(layer))) {
                row.add(of(window, pictures, scope));
                if (window.endsRow()) {
                    rows.add(joined(row, 3));
                    row = new NDList();
                }
            }
            NDArray map = joined(rows, 2);
            map.attach(outer);
            return map;
        }
    }

    private NDArray of(Window window, NDArray pictures, NDManager owner) {
        try (NDManager scope = owner.newSubManager()) {
            NDArray seen = window.of(pictures);
            seen.attach(scope);
            NDArray own = window.own(network.features(seen, layer).get(0), network.stride(layer));
            own.attach(owner);
            return own;
        }
    }

    /** What a comparison of maps makes of pictures, whose maps are freed at once. */
    public static BinaryOperator<NDArray> comparing(FeatureNetworks networks, String layer, BinaryOperator<NDArray> ofMaps) {
        return (u, v) -> {
            var map = new FeatureMap(networks.named("vgg16"), layer);
            NDManager outer = u.getManager();
            try (NDManager scope = outer.newSubManager()) {
                NDArray compared = ofMaps.apply(map.of(u, scope), map.of(v, scope));
                compared.attach(outer);
                return compared;
            }
        };
    }

    private NDArray of(NDArray pictures, NDManager owner) {
        NDArray map = of(pictures);
        map.attach(owner);
        return map;
    }

    /** Frees the parts; the library's own way to join passes no gradient where there is only one. */
    public static NDArray joined(NDList parts, int axis) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        try (parts) {
            return NDArrays.concat(parts, axis);
        }
    }
}
