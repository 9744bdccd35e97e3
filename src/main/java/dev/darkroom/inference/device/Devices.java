package dev.darkroom.inference.device;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import dev.darkroom.inference.checkpoint.InferenceSettings;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Finds the devices that the settings ask for. */
public final class Devices {
    private static final Pattern CUDA = Pattern.compile("cuda:(\\d{1,3})");

    private Devices() {}

    /**
     * Their names, {@code cpu} or {@code cuda:N}.
     *
     * @param wanted as in {@link InferenceSettings#device()}
     * @throws IllegalArgumentException if a device is not there
     */
    public static List<String> names(String wanted) {
        return find(wanted).stream().map(Devices::name).toList();
    }

    /** @throws IllegalArgumentException if a device is not there */
    public static List<Device> find(String wanted) {
        int gpus = Engine.getEngine("PyTorch").getGpuCount();
        if (wanted.equals("auto") && gpus > 0) {
            return IntStream.range(0, gpus).mapToObj(Device::gpu).toList();
        }
        if (wanted.equals("auto") || wanted.equals("cpu")) {
            return List.of(Device.cpu());
        }
        return Arrays.stream(wanted.split(",")).map(name -> gpu(name.strip(), gpus)).distinct().toList();
    }

    private static Device gpu(String name, int gpus) {
        Matcher matcher = CUDA.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("device must be auto, cpu or cuda:N[,cuda:M...], not " + name);
        }
        int number = Integer.parseInt(matcher.group(1));
        if (number >= gpus) {
            throw new IllegalArgumentException("there is no device %s; CUDA devices: %d".formatted(name, gpus));
        }
        return Device.gpu(number);
    }

    /** Gives cached memory back to a device that has its own. */
    public static void releaseCache(Device device) {
        if (device.isGpu()) {
            JniUtils.emptyCudaCache();
        }
    }

    /** {@link #releaseCache(Device)} of the device of this name. */
    public static void releaseCache(String device) {
        find(device).forEach(Devices::releaseCache);
    }

    public static String name(Device device) {
        return device.isGpu() ? "cuda:" + device.getDeviceId() : "cpu";
    }
}
