package dev.darkroom.model.store;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Where a version is in its life; the methods are the legal transitions. */
public sealed interface ModelState {

    /** Not loaded because someone with the right to do so unloaded it. */
    record Unloaded() implements ModelState {

        Loading load() {
            return new Loading();
        }
    }

    /** Has passed and left memory to others; whoever asks for it brings it back. */
    record Resting() implements ModelState {

        Unloaded unload() {
            return new Unloaded();
        }

        Ready passed() {
            return new Ready();
        }
    }

    /** Being verified, loaded and tested; not serving yet. */
    record Loading() implements ModelState {

        Ready passed() {
            return new Ready();
        }

        Failed failed(String reason) {
            return new Failed(reason);
        }
    }

    /** Serving. */
    record Ready() implements ModelState {

        Draining drain() {
            return new Draining();
        }

        Resting rest() {
            return new Resting();
        }
    }

    /** Taking no new work; finishing what it has. */
    record Draining() implements ModelState {

        Unloaded drained() {
            return new Unloaded();
        }

        /** A new copy may load while the old one still drains. */
        Loading load() {
            return new Loading();
        }
    }

    /** Could not be loaded. */
    record Failed(String reason) implements ModelState {

        Loading retry() {
            return new Loading();
        }
    }

    /** Whether requests are for this version and for none in its place. */
    default boolean isOffered() {
        return this instanceof Ready || this instanceof Resting;
    }

    /** The state's name in lower case. */
    default String label() {
        return label(getClass());
    }

    /** The names of all states. */
    static List<String> labels() {
        return Stream.of(ModelState.class.getPermittedSubclasses()).map(ModelState::label).toList();
    }

    private static String label(Class<?> state) {
        return state.getSimpleName().toLowerCase(Locale.ROOT);
    }
}
