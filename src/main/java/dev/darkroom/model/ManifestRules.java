package dev.darkroom.model;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What a schema cannot say: rules between a manifest's fields, its directory and its self-test. */
final class ManifestRules {

    private final Manifest manifest;
    private final JsonNode root;
    private final List<Violation> violations = new ArrayList<>();

    private ManifestRules(Manifest manifest, JsonNode root) {
        this.manifest = manifest;
        this.root = root;
    }

    static List<Violation> violations(CheckpointId directory, Manifest manifest, JsonNode root) {
        var rules = new ManifestRules(manifest, root);
        rules.agreesWith(directory);
        rules.geometry();
        rules.restraint();
        rules.selfTest();
        return rules.violations;
    }

    private void agreesWith(CheckpointId directory) {
        require(manifest.task() == directory.task(), "/task", "task does not agree with the directory, " + directory);
        require(manifest.loss().equals(directory.loss()), "/loss", "loss does not agree with the directory, " + directory);
        require(manifest.version() == directory.version(), "/version",
                "version does not agree with the directory, " + directory);
    }

    private void geometry() {
        require(manifest.range().low() < manifest.range().high(), "/range", "range must rise");
        require(manifest.blended() == (manifest.tiledPsnrDb() != null), "/tiling", "tiling is blended exactly if there is a tiledPsnrDb");
        require(manifest.halo() == null || !manifest.blended(), "/halo", "halo is of exact tiles, and these are blended");
        require(manifest.halo() == null || manifest.halo().eightBit() <= manifest.receptiveFieldRadius(), "/halo/eightBit",
                "halo.eightBit exceeds receptiveFieldRadius " + manifest.receptiveFieldRadius());
        for (int i = 0; i < manifest.tiles().size(); i++) {
            int side = manifest.tiles().get(i);
            require(side % manifest.sizeMultiple() == 0, "/tiles/" + i,
                    "tile " + side + " is not a multiple of sizeMultiple " + manifest.sizeMultiple());
            require(side > 2 * manifest.receptiveFieldRadius(), "/tiles/" + i,
                    "tile " + side + " is all halo: it must exceed twice receptiveFieldRadius "
                            + manifest.receptiveFieldRadius());
        }
    }

    private void restraint() {
        require(manifest.restraint() == null || manifest.scale() == 1, "/restraint", "restraint is of networks that change a picture in its size");
        List<Restraint.Agreement> shares = manifest.restraint() == null ? List.of() : manifest.restraint().byLoss();
        for (int i = 1; i < shares.size(); i++) {
            require(shares.get(i - 1).psnrDb() < shares.get(i).psnrDb(), "/restraint/byLoss/" + i + "/psnrDb", "restraint.byLoss must rise in psnrDb");
        }
    }

    private void selfTest() {
        Manifest.SelfTest test = manifest.selfTest();
        List<Long> input = test.input().shape();
        if (input.size() != 4 || input.get(1) != manifest.channels().in()) {
            require(false, "/selfTest/input/shape", "selfTest.input must be (N," + manifest.channels().in() + ",H,W)");
            return;
        }
        require(input.get(2) % manifest.sizeMultiple() == 0 && input.get(3) % manifest.sizeMultiple() == 0,
                "/selfTest/input/shape", "selfTest.input has sides that are not multiples of sizeMultiple");
        filled(test.input(), "input");
        condition(test, input.get(0));
        List<Long> whole = List.of(input.get(0), (long) manifest.channels().out(),
                input.get(2) * manifest.scale(), input.get(3) * manifest.scale());
        List<Long> output = test.output().shape();
        require(output.size() == 4 && output.subList(0, 2).equals(whole.subList(0, 2)) && output.get(2) <= whole.get(2) && output.get(3) <= whole.get(3),
                "/selfTest/output/shape", "selfTest.output must have shape " + whole + ", or be a corner of that");
        filled(test.output(), "output");
    }

    private void condition(Manifest.SelfTest test, long batch) {
        int columns = manifest.columns();
        if (test.condition() == null) {
            require(columns == 0, "/selfTest", "selfTest lacks the condition that the network takes");
            return;
        }
        require(columns > 0, "/selfTest/condition", "selfTest has a condition, but the network takes none");
        require(test.condition().shape().equals(List.of(batch, (long) columns)), "/selfTest/condition/shape",
                "selfTest.condition must have shape " + List.of(batch, columns));
        filled(test.condition(), "condition");
    }

    private void filled(TensorLiteral tensor, String name) {
        try {
            boolean finite = true;
            for (float value : tensor.values()) {
                finite &= Float.isFinite(value);
            }
            require(finite, "/selfTest/" + name + "/float32", "selfTest." + name + " holds values that are not finite");
        } catch (IllegalArgumentException | ArithmeticException e) {
            require(false, "/selfTest/" + name + "/float32", "selfTest." + name + " is not base64 that fills its shape");
        }
    }

    private void require(boolean holds, String pointer, String problem) {
        if (!holds) {
            violations.add(Violation.at(root, JsonPointer.compile(pointer), problem));
        }
    }
}
