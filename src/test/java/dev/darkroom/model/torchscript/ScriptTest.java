package dev.darkroom.model.torchscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptTest {
    private static final String NETWORK = """
            class Net(Module):
              __parameters__ = ["weight", ]
              __buffers__ = []
              weight : Tensor
              __annotations__["0"] = __torch__.layers.Block
              def forward(self: __torch__.Net,
                x: Tensor,
                inplace: bool=False) -> Tensor:
                _0 = getattr(self, "0")
                _1 = torch.to((_0).forward(x, ), ops.prim.dtype(x))
                if bool(torch.any(torch.gt(_1, 0.90000000000000002))):
                  ops.prim.RaiseException("it's too \\"bright\\"", "builtins.ValueError")
                else:
                  pass
                for i in range(3):
                  x0 = torch.mul(x, -1.0e-05)
                _2 = annotate(List[int], [])
                _3 = CONSTANTS.c0
                return torch.add(__torch__.layers.shift(_1, ), (self).helper(x0, ), alpha=1)
              def helper(self: __torch__.Net,
                x: Tensor) -> Tensor:
                return (x)[0]
            """;

    @Test
    void letsThroughWhatOnlyCalculates() {
        assertThatCode(() -> check(NETWORK)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            torch.save(x, "/tmp/x")                        | aten::save
            torch.from_file("/etc/passwd", False, 100)     | aten::from_file
            ops.aten.from_file("/etc/passwd", False, 100)  | aten::from_file
            ops.image.read_file("/etc/passwd")             | image::read_file
            ops.prim.PythonOp(x)                           | prim::PythonOp
            torch .  save (x, "/tmp/x")                    | aten::save
            f = torch.save                                 | aten::save
            torch.manual_seed(7)                           | aten::manual_seed
            torch.as_strided(x, [9], [9], 9000)            | aten::as_strided
            x.set_(x, 9, [9], [9])                         | aten::set_
            (x).resize_([1000000])                         | aten::resize_
            torch.add.save(x)                              | aten::add
            torch.empty([9])                               | aten::empty
            torch.device("meta")                           | aten::device
            torch.device("cuda:12")                        | aten::device
            torch.device(name)                             | aten::device
            d = torch.device                               | aten::device
            """)
    void namesAnOperatorThatIsNotAllowed(String statement, String operator) {
        assertThatExceptionOfType(ForbiddenScriptException.class).isThrownBy(() -> check(with(statement)))
                .withMessage("the code uses the operator " + operator + ", which is not allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "t = torch", "o = ops", "o = ops.aten", "getattr(torch, \"save\")", "getattr(ops, \"aten\")", "getattr(x, name)",
        "c = __torch__.torch.classes.profiler._RecordFunction()", "t = __torch__.torch.classes", "getattr(t, \"classes\")",
        "getattr(t, \"class\\x65s\")", "v = t.classes.other.Thing", "getattr(t, \"clas\" \"ses\")",
        "print(x)", "fork(x, x)", "open(\"/etc/passwd\")", "eval(\"1\")", "hasattr(x, \"y\")", "__import__(\"os\")", "str(x)",
        "f = torch.add\n    f(x)", "(torch.relu)(x)", "[torch.relu][0](x)", "getattr(x, \"resize_\")([9])", "\"text\"(x)",
        "import os", "from os import path", "with x:\n      pass", "del x", "raise x", "assert x", "lambda: x", "global x",
        "# type: (Tensor) -> Tensor", "@staticmethod", "^os.system(\"true\")", "x = `id`", "x \\\n save", "x = $", "x; y",
        "x = \"\"\"text\"\"\"", "x = \"text", "x = 'a\nb'", "x = ((1)", "x = 1)", "x = 0x.save", "x = 1.save(x)", "x = 1.0e5save", "x = \u00e9"})
    void refusesWhatMightReachOtherOperators(String statement) {
        assertThatThrownBy(() -> check(with(statement))).isInstanceOf(ForbiddenScriptException.class);
    }

    /** The engine calls the tensor's operator if the value is a tensor, and the archive's method otherwise; here nobody knows which. */
    @Test
    void refusesAMethodNamedLikeAnOperatorThatIsNotAllowed() {
        String disguise = NETWORK + "  def resize_(self: __torch__.Net) -> int:\n    return 1\n";
        assertThatCode(() -> check(disguise)).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(disguise + "  def g(x: Tensor):\n    (x).resize_([9])\n")).hasMessageContaining("aten::resize_");
    }

    /** What tracing writes where a network made something on the device that it was traced on. */
    @ParameterizedTest
    @ValueSource(strings = {"torch.zeros([1], dtype=6, layout=0, device=torch.device(\"cpu\"), pin_memory=False)", "torch.to(x, torch.device(\"cuda:0\"), 6)",
        "torch.index(x, annotate(List[Optional[Tensor]], [x]))",
        "torch._convolution(x, x, None, [1, 1], [1, 1], [1, 1], False, [0, 0], 1, False, False, True, True)"})
    void letsThroughWhatTracesSay(String statement) {
        assertThatCode(() -> check(with(statement))).doesNotThrowAnyException();
    }

    @Test
    void knowsMethodsThatAnotherFileDefines() {
        var script = new Script();
        script.read("def f(x: Tensor):\n  return (x).elsewhere()\n");
        script.read("class B(Module):\n  def elsewhere(self):\n    return 1\n");
        assertThatCode(script::check).doesNotThrowAnyException();
    }

    @Test
    void allowsNothingThatReachesOutside() {
        assertThat(Vocabulary.ALLOWED).hasSizeBetween(200, 320).contains("conv2d", "_convolution", "prim.dtype")
                .noneMatch(name -> name.matches(".*(file|save|load|seed|rand|bernoulli|empty|warn|print|stream|fork|rpc|strided|set_|resize_|storage|data_ptr|_unsafe|sparse|quantize).*"));
        assertThat(Vocabulary.METHODS).hasSizeGreaterThan(1000).contains("resize_", "set_", "as_strided", "add");
    }

    @Test
    void findsAForbiddenOperatorWhereverItStands() {
        List<String> lines = NETWORK.lines().toList();
        int places = 0;
        for (int i = 7; i < lines.size(); i++) {
            if (lines.get(i).startsWith("    ") && !lines.get(i).endsWith(",")) {
                List<String> changed = new ArrayList<>(lines);
                changed.add(i, "    _9 = torch.add(x, (torch.from_file(\"/etc/passwd\")))");
                assertThatThrownBy(() -> check(String.join("\n", changed))).hasMessageContaining("aten::from_file");
                places++;
            }
        }
        assertThat(places).isGreaterThan(10);
    }

    @Test
    void neverFailsOtherwiseOnNonsense() {
        var random = new Random(5);
        String alphabet = "torchopsgetattrdefclass__.,:()[]{}\"'\\\n 01e-+#@;\u00e9\0";
        int refused = 0;
        for (int round = 0; round < 50_000; round++) {
            var code = new StringBuilder(NETWORK);
            for (int i = 0; i <= random.nextInt(6); i++) {
                int at = random.nextInt(code.length());
                char c = alphabet.charAt(random.nextInt(alphabet.length()));
                switch (random.nextInt(3)) {
                    case 0 -> code.setCharAt(at, c);
                    case 1 -> code.insert(at, c);
                    default -> code.deleteCharAt(at);
                }
            }
            try {
                check(code.toString());
            } catch (ForbiddenScriptException e) {
                refused++;
                assertThat(e.getMessage().length()).isLessThan(200);
            }
        }
        assertThat(refused).isBetween(1_000, 49_999);
    }

    private static String with(String statement) {
        return NETWORK + "    " + statement + "\n";
    }

    private static void check(String code) {
        var script = new Script();
        script.read(code);
        script.read("class Block(Module):\n  def forward(self, x):\n    return x\n");
        script.check();
    }
}
