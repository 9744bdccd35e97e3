package dev.darkroom.inference;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the device that the settings ask for. */
final class Devices {
    private static final Pattern CUDA = Pattern.compile("cuda:(\\d{1,3})");

    private Devices() {}

    static Device open(InferenceSettings settings) {
        int gpus = Engine.getEngine("PyTorch").getGpuCount();
        if (settings.threads() > 0) {
            JniUtils.setNumThreads(settings.threads());
        }
        return switch (settings.device()) {
            case "auto" -> gpus > 0 ? Device.gpu(0) : Device.cpu();
            case "cpu" -> Device.cpu();
            default -> gpu(settings.device(), gpus);
        };
    }

    private static Device gpu(String name, int gpus) {
        Matcher matcher = CUDA.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("device must be auto, cpu or cuda:N, not " + name);
        }
        int number = Integer.parseInt(matcher.group(1));
        if (number >= gpus) {
            throw new IllegalArgumentException("there is no device %s; CUDA devices: %d".formatted(name, gpus));
        }
        return Device.gpu(number);
    }

    static String name(Device device) {
        return device.isGpu() ? "cuda:" + device.getDeviceId() : "cpu";
    }
}
