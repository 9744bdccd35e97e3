"""Turns a PyTorch checkpoint that spandrel knows into TorchScript: export.py FILE FOLDER [--side N] [--precisions NAMES].

Writes model.pt, and facts.json with what was found out and an example that the original network answered. Nothing that serves runs
this; ./darkroom import does, in a Python of its own.
"""
import argparse
import base64
import functools
import itertools
import json
import math
import pathlib
import sys
import types
import warnings

import torch
from spandrel import ModelLoader
from torch import Tensor, nn
from torch.func import functional_call

# Sides of a trace whose network may take any size, and of one that sees whole tiles.
SMALL, TILE = 64, 128
# Of the original's largest value: what rearranged sums of float32 differ by.
TOLERANCE = 1e-4
FAITHFUL_DB = 50


class NoBackward(types.SimpleNamespace):
    """Stands in for what a Python function keeps for its gradient."""

    def save_for_backward(self, *tensors):
        pass


class Colour(nn.Module):
    """x (N,3,H,W) in [0,1] and what the manifest's condition names to what the network was published to do."""

    def __init__(self, descriptor):
        super().__init__()
        self.net = descriptor.model
        self.call = descriptor._call_fn
        self.architecture = descriptor.architecture.id
        self.gray = descriptor.input_channels == 1 and descriptor.output_channels == 1
        self.condition = {"DRUNet": ["sigma/255"], "FBCNN": ["jpeg/damage"]}.get(self.architecture, [])

    def forward(self, x: Tensor, *condition: Tensor) -> Tensor:
        own = x.clone()  # some networks scale their input in place
        planes = own.reshape(-1, 1, x.size(2), x.size(3)) if self.gray else own
        told = [value.repeat_interleave(3, 0) if self.gray else value for value in condition]
        y = self.told(planes, *told) if told else self.call(self.net, planes)
        return y.reshape(-1, 3, y.size(2), y.size(3)) if self.gray else y

    def told(self, x: Tensor, value: Tensor) -> Tensor:
        if self.architecture == "DRUNet":
            level = value.to(x.dtype).reshape(-1, 1, 1, 1).expand(-1, 1, x.size(2), x.size(3))
            return self.net(torch.cat([x, level], 1))
        return self.net(x, value.to(x.dtype))[0]


class Exported(nn.Module):
    """The same weights in each precision: a method casts them as it goes, so that the file holds them once."""

    def __init__(self, colour: Colour):
        super().__init__()
        self.colour = colour

    def forward(self, x, *condition):
        return self.colour(x, *condition)

    def forward_bfloat16(self, x, *condition):
        return self.within(torch.bfloat16, x, *condition)

    def forward_float16(self, x, *condition):
        return self.within(torch.float16, x, *condition)

    def within(self, dtype, x, *condition):
        state = itertools.chain(self.colour.named_parameters(), self.colour.named_buffers())
        weights = {name: value.to(dtype) if value.is_floating_point() else value for name, value in state}
        return functional_call(self.colour, weights, (x.to(dtype), *condition)).to(torch.float32)


class OneByOne(nn.Module):
    """For a trace that holds for a batch of one alone."""

    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, x: Tensor) -> Tensor:
        answers = []
        for i in range(x.size(0)):
            answers.append(self.net(x[i:i + 1]))
        return torch.cat(answers)


def loaded(file: pathlib.Path):
    """A descriptor of spandrel's; of ncnn's files the weights, whose text lies beside them."""
    loader = ModelLoader()
    return loader.load_from_state_dict(esrgan_of_ncnn(file)) if file.suffix == ".bin" else loader.load_from_file(file)


def esrgan_of_ncnn(weights: pathlib.Path) -> dict:
    """Real-ESRGAN as ncnn has it: all of its convolutions, in the order in which they are computed, float16 or float32, then a bias."""
    layers = [line.split() for line in weights.with_suffix(".param").read_text().splitlines() if line.startswith("Convolution ")]
    blocks = (len(layers) - 6) // 15
    names = ["conv_first", *(f"body.{block}.rdb{dense}.conv{conv}" for block in range(blocks) for dense in (1, 2, 3) for conv in (1, 2, 3, 4, 5)),
             "conv_body", "conv_up1", "conv_up2", "conv_hr", "conv_last"]
    if len(names) != len(layers):
        sys.exit("of ncnn's networks only ESRGAN, four times as wide and high, is read")
    content, at, state = weights.read_bytes(), 0, {}
    for name, layer in zip(names, layers):
        options = dict(option.split("=") for option in layer[6:])
        out, count = int(options["0"]), int(options["6"])
        half = content[at:at + 4] == bytes.fromhex("476b3001")
        at += 4
        values = torch.frombuffer(bytearray(content[at:at + count * (2 if half else 4)]), dtype=torch.float16 if half else torch.float32)
        at += (count * (2 if half else 4) + 3) // 4 * 4
        state[name + ".weight"] = values.to(torch.float32).reshape(out, -1, 3, 3)
        state[name + ".bias"] = torch.frombuffer(bytearray(content[at:at + 4 * out]), dtype=torch.float32).clone()
        at += 4 * out
    if at != len(content):
        sys.exit("the weights are not those of the text beside them")
    return state


def scene(batch: int, height: int, width: int) -> Tensor:
    """Something with gradients, edges and texture in [0,1]; each picture of a batch is another."""
    generator = torch.Generator().manual_seed(height * 10_000 + width)
    picture = torch.zeros(batch, 3, height, width)
    for octave in (2, 5, 12, 30):
        coarse = torch.rand(batch, 3, octave, octave, generator=generator)
        picture += nn.functional.interpolate(coarse, (height, width), mode="nearest" if octave == 5 else "bicubic") / 4
    return picture.clamp(0, 1)


def without_python_functions():
    """A trace cannot hold a gradient written in Python; what it computes forwards it can."""
    for module in [module for name, module in sys.modules.items() if name.startswith("spandrel.")]:
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, torch.autograd.Function) and value is not torch.autograd.Function:
                value.apply = staticmethod(lambda *inputs, forward=value.forward: forward(NoBackward(), *inputs))


def traced(exported: Exported, side: int, methods: list[str]):
    inputs = (scene(1, side, side), *told(exported, 1))
    # What varies while tracing and what does not is checked below, against the original.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return torch.jit.trace_module(exported, {method: inputs for method in methods}, check_trace=False)


def told(exported: Exported, batch: int) -> list[Tensor]:
    return [torch.linspace(0.05, 0.2, batch).reshape(batch, 1)] if exported.colour.condition else []


@functools.cache
def original(exported: Exported, batch: int, height: int, width: int) -> Tensor:
    return exported(scene(batch, height, width), *told(exported, batch))


def difference(exported: Exported, module, batch: int, height: int, width: int) -> float:
    """The largest, as a part of the largest value; infinite where either network fails."""
    try:
        answer = module(scene(batch, height, width), *told(exported, batch))
        expected = original(exported, batch, height, width)
    except (RuntimeError, AssertionError):
        return math.inf
    if answer.shape != expected.shape:
        return math.inf
    return ((answer - expected).abs().max() / expected.abs().max().clamp_min(1)).item()


def psnr(expected: Tensor, answer: Tensor) -> float:
    error = (answer - expected).square().mean().item()
    return 10 * math.log10(1 / error) if error > 0 else 200 if error == 0 else -math.inf


def export_any_size(exported: Exported, requirements):
    """A trace that holds at every multiple of some number up to 64, with that number; None where there is no such trace."""
    side = math.ceil(max(SMALL, requirements.minimum) / 64) * 64
    try:
        module = traced(exported, side, ["forward"])
    except (RuntimeError, AssertionError):
        return None
    if difference(exported, module, 1, side, side + 64) > TOLERANCE:
        return None
    multiple = requirements.multiple_of
    while 64 % multiple == 0:
        worst = difference(exported, module, 2, side + multiple, side + 3 * multiple)
        if worst <= TOLERANCE:
            return module, multiple, side, worst
        multiple *= 2
    return None


def export_one_size(exported: Exported, side: int):
    module = traced(exported, side, ["forward"])
    worst = difference(exported, module, 2, side, side)
    if worst > TOLERANCE and not exported.colour.condition:
        module = torch.jit.script(OneByOne(module))
        worst = difference(exported, module, 2, side, side)
    return module, worst


def reduced(exported: Exported, module, side: int, wanted: list[str]) -> tuple:
    """The same with a method for each shorter type that stays faithful."""
    if not isinstance(module, torch.jit.TopLevelTracedModule):
        return module, {}
    x, condition = scene(1, side, side), told(exported, 1)
    expected = original(exported, 1, side, side)
    faithful = {}
    for precision in wanted:
        try:
            decibels = psnr(expected, getattr(exported, "forward_" + precision)(x, *condition))
        except RuntimeError:
            continue
        if decibels >= FAITHFUL_DB:
            faithful[precision] = round(decibels, 1)
    if not faithful:
        return module, {}
    try:
        both = traced(exported, side, ["forward"] + ["forward_" + precision for precision in faithful])
        answers = {name: psnr(expected, getattr(both, "forward_" + name)(x, *condition)) for name in faithful}
    except RuntimeError:
        return module, {}
    return (both, faithful) if min(answers.values()) >= FAITHFUL_DB else (module, {})


def literal(tensor: Tensor) -> dict:
    return {"shape": list(tensor.shape), "float32": base64.b64encode(tensor.contiguous().numpy().astype("<f4").tobytes()).decode()}


def example(exported: Exported, side: int, scale: int) -> dict:
    """What the original answers, of which a corner is enough: every weight has a part in it."""
    x, condition = scene(1, side, side), told(exported, 1)
    corner = original(exported, 1, side, side)[..., :48 * scale, :48 * scale]
    return {"input": literal(x), "output": literal(corner)} | ({"condition": literal(condition[0])} if condition else {})


@torch.no_grad()
def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=pathlib.Path)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--side", type=int, help="the network takes this side alone")
    parser.add_argument("--precisions", default="", help="bfloat16, float16 or both; slow on processors without units for them")
    arguments = parser.parse_args()
    descriptor = loaded(arguments.file)
    without_python_functions()
    descriptor.eval()
    if descriptor.purpose not in ("SR", "Restoration"):
        sys.exit(f"{descriptor.architecture.name} is for {descriptor.purpose}, which the service has no task for")
    exported = Exported(Colour(descriptor)).eval()
    requirements = descriptor.size_requirements
    found = None if requirements.square or arguments.side else export_any_size(exported, requirements)
    if found:
        module, multiple, side, worst = found
    else:
        side = multiple = math.ceil(max(arguments.side or TILE, requirements.minimum) / requirements.multiple_of) * requirements.multiple_of
        module, worst = export_one_size(exported, side)
    if worst > TOLERANCE:
        sys.exit(f"the exported network differs from the original by {worst:.2g} of its largest value")
    module, precisions = reduced(exported, module, side, [name for name in arguments.precisions.split(",") if name])
    torch.jit.save(module, str(arguments.folder / "model.pt"))
    facts = {
        "architecture": " ".join([descriptor.architecture.name, *descriptor.tags]),
        "parameters": sum(parameter.numel() for parameter in descriptor.model.parameters()),
        "channels": descriptor.input_channels, "scale": descriptor.scale, "sizeMultiple": multiple, "oneSize": not found,
        "condition": exported.colour.condition, "precisions": precisions, "difference": worst,
        "selfTest": example(exported, side, descriptor.scale)}
    (arguments.folder / "facts.json").write_text(json.dumps(facts))


if __name__ == "__main__":
    main()
