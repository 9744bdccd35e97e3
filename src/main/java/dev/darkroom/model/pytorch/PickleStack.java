package dev.darkroom.model.pytorch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The values a pickle machine works on: a stack with marks, and a memo. */
final class PickleStack {

    /** Python's None. */
    static final Object NONE = new Object();

    private static final Object MARK = new Object();

    private final List<Object> values = new ArrayList<>();
    private final Map<Integer, Object> memo = new HashMap<>();

    static <T> T as(Class<T> type, Object value) {
        if (!type.isInstance(value)) {
            throw new MalformedStateDictionaryException("the pickle holds a value of the wrong kind");
        }
        return type.cast(value);
    }

    void push(Object value) {
        values.add(value);
    }

    void mark() {
        values.add(MARK);
    }

    <T> T pop(Class<T> type) {
        T top = peek(type);
        values.remove(values.size() - 1);
        return top;
    }

    <T> T peek(Class<T> type) {
        if (values.isEmpty() || values.get(values.size() - 1) == MARK) {
            throw new MalformedStateDictionaryException("the pickle takes a value that is not there");
        }
        return as(type, values.get(values.size() - 1));
    }

    PickleTuple popTuple(int size) {
        var items = new ArrayDeque<Object>();
        for (int i = 0; i < size; i++) {
            items.addFirst(pop(Object.class));
        }
        return new PickleTuple(List.copyOf(items));
    }

    /** Everything above the last mark, which goes too. */
    List<Object> popToMark() {
        int mark = values.lastIndexOf(MARK);
        if (mark < 0) {
            throw new MalformedStateDictionaryException("the pickle lacks a mark");
        }
        var above = new ArrayList<>(values.subList(mark + 1, values.size()));
        values.subList(mark, values.size()).clear();
        return above;
    }

    void remember(int key) {
        memo.put(key, peek(Object.class));
    }

    void recall(int key) {
        Object value = memo.get(key);
        if (value == null) {
            throw new MalformedStateDictionaryException("the pickle recalls what it never stored");
        }
        push(value);
    }
}
