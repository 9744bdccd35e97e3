package dev.darkroom.inference.device;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.LibUtils;
import ai.djl.util.cuda.CudaUtils;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A device and the libraries that drive it; what cannot be found out is {@code unknown}, and what a CPU does not have is a dash.
 *
 * @param memoryMegabytes     of the device, in 10^6 bytes; NaN on a CPU
 * @param computeCapability   for example {@code 90}
 * @param cudaRuntime         as the runtime library numbers itself, for example {@code 12080}
 * @param libtorchFolder      where the engine's native libraries were loaded from
 * @param devices             CUDA devices that the engine sees
 */
public record DeviceDescription(String device, String name, double memoryMegabytes, String computeCapability, String driver,
        String cudaRuntime, String libtorch, String libtorchFolder, int devices) {
    private static final String NONE = "-";
    private static final String UNKNOWN = "unknown";

    /** @throws IllegalArgumentException if there is no such device */
    public static DeviceDescription of(String wanted) {
        Device device = Devices.find(wanted).get(0);
        Engine engine = Engine.getEngine("PyTorch");
        if (!device.isGpu()) {
            return new DeviceDescription("cpu", Processor.description(), Double.NaN, NONE, NONE, NONE, engine.getVersion(),
                    LibUtils.getLibtorchPath(), engine.getGpuCount());
        }
        int number = device.getDeviceId();
        List<String> told = askDriver(number);
        return new DeviceDescription(Devices.name(device), told.get(0), CudaUtils.getGpuMemory(device).getMax() / 1e6,
                CudaUtils.getComputeCapability(number), told.get(1), String.valueOf(CudaUtils.getCudaVersion()), engine.getVersion(),
                LibUtils.getLibtorchPath(), engine.getGpuCount());
    }

    /** What tells it from devices that are faster or slower, on a GPU even where the driver's tool is not installed. */
    public String model() {
        return device.equals("cpu") ? name : "%s, compute capability %s, %.0f MB".formatted(name, computeCapability, memoryMegabytes);
    }

    /** Name and driver version, which the CUDA runtime that the engine is bound to does not tell. */
    private static List<String> askDriver(int number) {
        try {
            Process query = new ProcessBuilder("nvidia-smi", "--query-gpu=name,driver_version", "--format=csv,noheader", "--id=" + visible(number))
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            String answer = new String(query.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            String[] fields = answer.split("\\s*,\\s*");
            return query.waitFor(10, TimeUnit.SECONDS) && query.exitValue() == 0 && fields.length == 2 ? List.of(fields) : List.of(UNKNOWN, UNKNOWN);
        } catch (IOException e) {
            return List.of(UNKNOWN, UNKNOWN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(UNKNOWN, UNKNOWN);
        }
    }

    /** The runtime counts the devices that this variable leaves, in its order; the driver's tool counts all. */
    private static String visible(int number) {
        String[] chosen = System.getenv().getOrDefault("CUDA_VISIBLE_DEVICES", "").split(",");
        return number < chosen.length && !chosen[number].isBlank() ? chosen[number].strip() : String.valueOf(number);
    }
}
