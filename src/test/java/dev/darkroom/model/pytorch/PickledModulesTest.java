package dev.darkroom.model.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of {@code torch.save(module)}, from before state dictionaries were the custom. */
@Timeout(120)
class PickledModulesTest {

    private static final Set<String> CLASSES = Set.of("nets.Net", "torch.nn.Conv2d");
    private static final Map<String, byte[]> STORAGES = Map.of("0", PickleWriter.floats(1, 2, 3));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void namesTensorsAsTheStateDictionaryWould(boolean zip) throws IOException {
        byte[] object = net(new PickleWriter().bytes(']', '('), "nets").bytes('e').stop();

        Map<String, WeightTensor> tensors =
                read(zip ? ZipWriter.zip(object, STORAGES) : PickleWriter.legacy(object, STORAGES, 4), CLASSES);

        assertThat(tensors.keySet()).containsExactly("0.head.weight", "0.head.running_mean");
        assertThat(tensors.get("0.head.weight").data()).containsExactly(1, 2);
        assertThat(tensors.get("0.head.running_mean").data()).containsExactly(3);
    }

    @Test
    void readsASingleModuleAndOnlyWhatIsWanted() throws IOException {
        byte[] object = net(new PickleWriter(), "nets").stop();

        Map<String, WeightTensor> tensors = StateDictionary.read(
                Files.write(folder.resolve("net.pth"), PickleWriter.legacy(object, STORAGES, 4)),
                name -> name.endsWith("mean"), CLASSES);

        assertThat(tensors.keySet()).containsExactly("head.running_mean");
    }

    @Test
    void refusesClassesItWasNotTold() {
        byte[] object = net(new PickleWriter(), "malicious").stop();

        assertThatExceptionOfType(UnsafePickleException.class)
                .isThrownBy(() -> read(PickleWriter.legacy(object, STORAGES, 4), CLASSES))
                .withMessageContaining("malicious.Net");
    }

    @Test
    void doesNotCallTheClassesItWasTold() {
        byte[] called = new PickleWriter().global("nets", "Net").bytes(')', 'R').stop();

        assertThatExceptionOfType(UnsafePickleException.class)
                .isThrownBy(() -> read(PickleWriter.legacy(called, STORAGES, 4), CLASSES))
                .withMessageContaining("calls nets.Net");
    }

    @Test
    void refusesModulesWhereAStateDictionaryIsExpected() {
        byte[] object = net(new PickleWriter(), "nets").stop();

        assertThatExceptionOfType(UnsafePickleException.class)
                .isThrownBy(() -> read(PickleWriter.legacy(object, STORAGES, 4), Set.of()));
    }

    @Test
    void refusesAModuleThatHoldsItself() {
        byte[] object = new PickleWriter().global("nets", "Net").bytes(')', 0x81, 'q', 0, '}', '(')
                .text("_modules").bytes('}', '(').text("me").bytes('h', 0, 'u', 'u', 'b').stop();

        assertThatExceptionOfType(MalformedStateDictionaryException.class)
                .isThrownBy(() -> read(PickleWriter.legacy(object, Map.of(), 4), CLASSES))
                .withMessageContaining("hold each other");
    }

    @Test
    void readsOrRefusesButNeverFailsOtherwiseOnDamage() throws IOException {
        byte[] sound = PickleWriter.legacy(net(new PickleWriter().bytes(']', '('), "nets").bytes('e').stop(), STORAGES, 4);
        var random = new Random(20261123);
        int refused = 0;
        for (int round = 0; round < 2000; round++) {
            byte[] bytes = sound.clone();
            for (int i = 0, flips = 1 + random.nextInt(3); i < flips; i++) {
                bytes[random.nextInt(bytes.length)] = sound[random.nextInt(sound.length)];
            }
            try {
                read(bytes, CLASSES);
            } catch (StateDictionaryException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(500, 1999);
    }

    /** A module that holds a convolution with a parameter, no bias, a buffer and attributes that are no weights. */
    private static PickleWriter net(PickleWriter out, String module) {
        instance(out, module, "Net");
        out.bytes('}', '(').text("training").bytes(0x89).text("_modules").bytes('}', '(').text("head");
        out.global("torch.nn", "Conv2d").bytes(')', 0x81);
        out.bytes('}', '(').text("stride").number(1).text("_parameters").bytes('}', '(')
                .text("weight").global("torch._utils", "_rebuild_parameter").bytes('(')
                .tensor("FloatStorage", "0", 3, 0, new long[] {2}, new long[] {1}).bytes(0x88)
                .global("collections", "OrderedDict").bytes(')', 'R', 't', 'R')
                .text("bias").bytes('N', 'u');
        out.text("_buffers").bytes('}', '(')
                .text("running_mean").tensor("FloatStorage", "0", 3, 2, new long[] {1}, new long[] {1}).bytes('u');
        return out.bytes('u', 'b', 'u', 'u', 'b');
    }

    /** The class by reference, as the legacy container has it, with where its source was. */
    private static void instance(PickleWriter out, String module, String name) {
        out.bytes('(').text("module").global(module, name).text("nets.py").text("class Net: pass").bytes('t', 'Q');
        out.bytes(')', 0x81);
    }

    private Map<String, WeightTensor> read(byte[] file, Set<String> classes) throws IOException {
        return StateDictionary.read(Files.write(folder.resolve("net.pth"), file), name -> true, classes);
    }
}
