package dev.darkroom.model.pytorch;

/**
 * Where the elements of tensors lie in the file.
 *
 * @param key names the storage within the file
 * @param elements how many it holds
 */
record StorageReference(StorageType type, String key, long elements) {

    StorageReference {
        if (elements < 0) {
            throw new MalformedStateDictionaryException("a storage has a negative size");
        }
    }

    long bytes() {
        try {
            return Math.multiplyExact(elements, type.size());
        } catch (ArithmeticException e) {
            throw new MalformedStateDictionaryException("a storage is larger than the file", e);
        }
    }
}
