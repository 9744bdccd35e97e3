package dev.darkroom.bench.device;

import dev.darkroom.bench.report.Finding;
import dev.darkroom.bench.report.Table;
import dev.darkroom.inference.checkpoint.TorchScriptCheckpoint;
import dev.darkroom.inference.device.DeviceDescription;
import dev.darkroom.model.Precision;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The device, the libraries that drive it, and what they can do with the checkpoint.
 *
 * @param chosen      how the service runs the checkpoint when nobody says otherwise
 * @param environment variables that decide which libraries those are, and what they may do; only those that are set
 */
record DeviceFacts(DeviceDescription device, String chosen, List<Precision> precisions, Map<String, String> environment) implements Finding {
    private static final List<String> VARIABLES = List.of("PYTORCH_LIBRARY_PATH", "PYTORCH_VERSION", "PYTORCH_FLAVOR", "LD_LIBRARY_PATH",
            "CUDA_VISIBLE_DEVICES", "NVIDIA_TF32_OVERRIDE", "PYTORCH_CUDA_ALLOC_CONF", "OMP_NUM_THREADS");

    static DeviceFacts of(String device, TorchScriptCheckpoint checkpoint) {
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.keySet().retainAll(VARIABLES);
        return new DeviceFacts(DeviceDescription.of(device), checkpoint.device(), checkpoint.manifest().precisions(), environment);
    }

    @Override
    public List<Table> tables() {
        var table = Table.of("device", "", device.device())
                .row("name", device.name())
                .row("memory, MB", device.memoryMegabytes())
                .row("compute capability", device.computeCapability())
                .row("driver", device.driver())
                .row("CUDA runtime", device.cudaRuntime())
                .row("CUDA devices", device.devices())
                .row("libtorch", device.libtorch())
                .row("its folder", device.libtorchFolder())
                .row("the checkpoint allows", precisions)
                .row("the service chooses", chosen);
        environment.forEach(table::row);
        return List.of(table);
    }
}
