package dev.darkroom.model.pytorch;

import java.util.List;

/** A Python tuple. */
record PickleTuple(List<Object> items) {

    <T> T get(int index, Class<T> type) {
        return PickleStack.as(type, items.get(index));
    }
}
