package dev.darkroom.model.pytorch;

import java.util.LinkedHashMap;
import java.util.List;

/** A module pickled whole: its attributes, as PyTorch's {@code torch/nn/modules/module.py} names them. */
record PickledModule(PickleMap attributes) {

    private static final List<String> HOLDERS = List.of("_parameters", "_buffers", "_modules");

    /** What the module's state dictionary would hold; modules within it are still modules. */
    PickleMap state() {
        var state = new PickleMap(new LinkedHashMap<>());
        for (String holder : HOLDERS) {
            if (attributes.entries().get(holder) instanceof PickleMap members) {
                state.entries().putAll(members.entries());
            }
        }
        return state;
    }
}
