package dev.darkroom.model.torchscript;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceFreeArchiveTest {
    @TempDir
    Path folder;

    @Test
    void makesWhatATraceMadeOnTheCpuWhereItsInputIs() {
        assertThat(DeviceFreeArchive.withoutDevices("""
                class Net(Module):
                  def forward(self: __torch__.Net,
                    argument_1: Tensor,
                    x: Tensor) -> Tensor:
                    mask = torch.zeros([1], dtype=6, layout=0, device=torch.device("cpu"), pin_memory=False)
                    return torch.to(mask, torch.device("cuda:0"), 6)
                  def constant(self: __torch__.Net) -> Tensor:
                    return torch.zeros([1], device=torch.device("cpu"))
                """)).isEqualTo("""
                class Net(Module):
                  def forward(self: __torch__.Net,
                    argument_1: Tensor,
                    x: Tensor) -> Tensor:
                    mask = torch.zeros([1], dtype=6, layout=0, device=ops.prim.device(argument_1), pin_memory=False)
                    return torch.to(mask, ops.prim.device(argument_1), 6)
                  def constant(self: __torch__.Net) -> Tensor:
                    return torch.zeros([1], device=torch.device("cpu"))
                """);
    }

    @Test
    void leavesTheRestAsItIsButForThePicturesOfTheTrace() throws IOException {
        Path from = Path.of("src/test/resources/dev/darkroom/adopt/attention.pt");
        Path to = folder.resolve("model.pt");
        DeviceFreeArchive.write(from, to);

        try (var before = new ZipFile(from.toFile()); var after = new ZipFile(to.toFile()); TorchScriptFile file = TorchScriptFile.open(to)) {
            file.requireOnlyCalculates();
            List<String> kept = before.stream().map(ZipEntry::getName).filter(name -> !name.contains("traced_inputs")).toList();
            assertThat(after.stream().map(ZipEntry::getName)).containsExactlyElementsOf(kept);
            for (String name : kept) {
                byte[] content = after.getInputStream(after.getEntry(name)).readAllBytes();
                if (name.endsWith("__torch__.py")) {
                    assertThat(new String(content)).contains("device=ops.prim.device(x)").doesNotContain("torch.device");
                } else {
                    assertThat(content).isEqualTo(before.getInputStream(before.getEntry(name)).readAllBytes());
                }
            }
        }
    }
}
