package dev.darkroom.enhance;

import dev.darkroom.batching.BatchingEvents;
import dev.darkroom.inference.DeviceHook;
import dev.darkroom.inference.InferenceEvents;

/** Who watches the pipeline, and what tests put before its devices. */
public record Instruments(InferenceEvents inference, BatchingEvents batching, DeviceHook hook) {

    public static Instruments none() {
        return new Instruments(InferenceEvents.NONE, BatchingEvents.NONE, DeviceHook.none());
    }
}
