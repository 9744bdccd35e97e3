package dev.darkroom.model.pytorch;

import java.util.List;

/** A Python list; it grows while its pickle runs and may hold itself. */
record PickleList(List<Object> items) {}
