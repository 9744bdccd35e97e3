package dev.darkroom.model.pytorch;

import java.util.Map;

/** A Python dictionary in the order of its keys; it grows while its pickle runs and may hold itself. */
record PickleMap(Map<String, Object> entries) {}
