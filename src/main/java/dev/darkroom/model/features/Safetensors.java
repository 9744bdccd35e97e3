package dev.darkroom.model.features;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.model.pytorch.WeightTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SortedMap;

/**
 * Weights in the safetensors format: the header's length in eight bytes, a JSON header, then the elements as they lie in
 * memory. Equal weights always give equal bytes.
 *
 * <p>Source: the format section of Hugging Face's safetensors.
 */
final class Safetensors {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Safetensors() {}

    /** Float32, in the order of the names. */
    static byte[] bytes(SortedMap<String, WeightTensor> tensors) {
        byte[] header = header(tensors);
        int length = tensors.values().stream().mapToInt(Safetensors::bytesOf).sum();
        ByteBuffer file = ByteBuffer.allocate(Long.BYTES + header.length + length).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(header.length).put(header);
        for (WeightTensor tensor : tensors.values()) {
            for (float value : tensor.data()) {
                file.putFloat(value);
            }
        }
        return file.array();
    }

    private static byte[] header(SortedMap<String, WeightTensor> tensors) {
        ObjectNode header = JSON.createObjectNode();
        int offset = 0;
        for (var tensor : tensors.entrySet()) {
            ObjectNode entry = header.putObject(tensor.getKey()).put("dtype", "F32");
            entry.set("shape", JSON.valueToTree(tensor.getValue().shape()));
            entry.putArray("data_offsets").add(offset).add(offset += bytesOf(tensor.getValue()));
        }
        try {
            return JSON.writeValueAsBytes(header);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of names and numbers is always JSON", e);
        }
    }

    private static int bytesOf(WeightTensor tensor) {
        return Math.multiplyExact(tensor.data().length, Float.BYTES);
    }
}
