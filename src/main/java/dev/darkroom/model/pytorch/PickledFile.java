package dev.darkroom.model.pytorch;

import java.nio.ByteBuffer;
import java.util.Map;

/**
 * A container taken apart.
 *
 * @param root what its pickle describes
 * @param storages the elements of its tensors by key, little-endian; together no longer than the file
 */
record PickledFile(Object root, Map<String, ByteBuffer> storages) {}
