package dev.darkroom.model.pytorch;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A name that a state dictionary may mention; naming one executes nothing. */
sealed interface Global permits StorageType, Global.Callable, Global.ModuleClass {

    Map<String, Global> ALLOWED = Stream.<Global>concat(Stream.of(StorageType.values()), Stream.of(Callable.values()))
            .collect(Collectors.toUnmodifiableMap(Global::qualifiedName, Function.identity()));

    String qualifiedName();

    /** @throws UnsafePickleException for any name but the few that are allowed */
    static Global named(String qualifiedName) {
        Global global = ALLOWED.get(qualifiedName);
        if (global == null) {
            throw UnsafePickleException.global(qualifiedName);
        }
        return global;
    }

    /** A class of modules whose attributes a reader was told to take as plain data. */
    record ModuleClass(String qualifiedName) implements Global {}

    /** The functions a state dictionary calls; {@link PickleMachine} does itself what they would do. */
    enum Callable implements Global {
        ORDERED_DICT("collections.OrderedDict"),
        REBUILD_TENSOR("torch._utils._rebuild_tensor_v2"),
        REBUILD_PARAMETER("torch._utils._rebuild_parameter");

        private final String qualifiedName;

        Callable(String qualifiedName) {
            this.qualifiedName = qualifiedName;
        }

        @Override
        public String qualifiedName() {
            return qualifiedName;
        }
    }
}
