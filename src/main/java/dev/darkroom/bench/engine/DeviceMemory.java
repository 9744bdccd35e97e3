package dev.darkroom.bench.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.cuda.CudaUtils;
import dev.darkroom.inference.device.Devices;
import java.lang.management.MemoryUsage;

/** A CUDA device's memory as the driver counts it, other processes' included. */
public final class DeviceMemory {
    /** Of a block: a whole number of the pages that the driver hands out, which are 2 MB. */
    private static final long BLOCK_BYTES = 1L << 28;

    private final Device device;

    /** @throws IllegalArgumentException if there is no such device, or it is no CUDA device */
    public DeviceMemory(String device) {
        this.device = Devices.find(device).get(0);
        if (!this.device.isGpu()) {
            throw new IllegalArgumentException(device + " has no memory of its own");
        }
    }

    public long usedBytes() {
        return usage().getUsed();
    }

    public long totalBytes() {
        return usage().getMax();
    }

    private MemoryUsage usage() {
        return CudaUtils.getGpuMemory(device);
    }

    /** Takes memory until so much is left; closing the result gives it back. */
    public AutoCloseable leaving(long bytes) {
        JniUtils.emptyCudaCache();
        NDManager ballast = NDManager.newBaseManager(device, "PyTorch");
        MemoryUsage before = usage();
        for (long left = before.getMax() - before.getUsed() - bytes; left > 0; left -= BLOCK_BYTES) {
            ballast.zeros(new Shape(Math.min(left, BLOCK_BYTES)), DataType.UINT8);
        }
        return () -> {
            ballast.close();
            JniUtils.emptyCudaCache();
        };
    }
}
