package dev.darkroom.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import dev.darkroom.model.CheckpointRefusedException;
import dev.darkroom.model.TorchScriptArchive;
import dev.darkroom.model.torchscript.Repacked;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why checkpoints are read before they are loaded. */
class HostileCheckpointTest {

    /** The first half shows that the danger is real: the engine alone would write the file. */
    @Test
    void isRefusedBeforeTheEngineWouldRunIt(@TempDir Path folder) throws Exception {
        Path loot = folder.resolve("loot");
        byte[] archive = Repacked.of(TestCheckpoints.file("identity"))
                .with(".py", code -> code.replace("return torch.add(x, _0)", "torch.save(x, \"%s\")\n    return torch.add(x, _0)".formatted(loot))).bytes();
        Path hostile = Files.write(folder.resolve("model.pt"), archive);

        assertThatThrownBy(() -> TorchScriptArchive.check(hostile)).isInstanceOf(CheckpointRefusedException.class)
                .hasMessage("model.pt may not be loaded: the code uses the operator aten::save, which is not allowed");
        assertThat(loot).doesNotExist();

        run(hostile);
        assertThat(loot).exists();
    }

    private static void run(Path file) throws Exception {
        try (Model model = Model.newInstance("hostile", Device.cpu(), "PyTorch")) {
            model.load(file, null, Map.of("mapLocation", "true"));
            try (var predictor = model.newPredictor(new NoopTranslator()); var manager = model.getNDManager().newSubManager()) {
                predictor.predict(new NDList(manager.ones(new Shape(1, 3, 4, 4)), manager.ones(new Shape(1, 1)))).close();
            }
        }
    }
}
