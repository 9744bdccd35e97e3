#!/usr/bin/env python3
"""Writes an architecture as untrained TorchScript: export.py denoiser -> denoiser/{model.pt, architecture.json}.

Needs PyTorch 1.13 or newer (Debian: python3-torch). Only whoever adds or changes an architecture runs this.
"""
import copy
import importlib
import io
import json
import pathlib
import sys
import zipfile

import torch

HERE = pathlib.Path(__file__).parent


def receptive_field_radius(module, card: dict, probe, side: int = 64) -> int:
    """How far, in input pixels, an output pixel looks: measured on gradients, for every phase of the size multiple.

    All weights are made positive, so that no path is silenced by a ReLU or cancelled by another. `probe(module, x)` is the network, or
    what of it can be measured so: a Fourier transform's rounding reaches everywhere.
    """
    module = copy.deepcopy(module).double()
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.fill_(1e-2)
    multiple, scale = card["sizeMultiple"], card["scale"]
    radius = 0
    for phase in range(multiple * scale):
        centre = side // 2 * scale + phase
        x = torch.rand(1, card["channels"]["in"], side, side, dtype=torch.double, requires_grad=True)
        probe(module, x)[0, :, centre, centre].sum().backward()
        rows = x.grad.abs().sum((0, 1, 3)).nonzero().flatten()
        radius = max(radius, centre // scale - int(rows[0]), int(rows[-1]) - centre // scale)
    if radius >= side // 2 - multiple:  # the probe is too small to see all of it
        return receptive_field_radius(module, card, probe, 2 * side)
    return radius


def whole(card: dict):
    """Calls the network with what its card says that it takes."""
    columns = len(card["condition"])
    return lambda module, x: module(x, *([torch.full((1, columns), 0.1, dtype=torch.double)] if columns else []))


def save(module, path) -> None:
    """Leaves out the entries for debuggers: they say where this script lay, and make the file depend on it.

    Weights that are all one number compress to nearly nothing.
    """
    whole = io.BytesIO()
    torch.jit.save(torch.jit.script(module), whole)
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            if not entry.filename.endswith(".debug_pkl"):
                target.writestr(zipfile.ZipInfo(entry.filename), source.read(entry), zipfile.ZIP_DEFLATED)


def export(name: str) -> None:
    card = dict(importlib.import_module(name).ARCHITECTURE)
    module = card.pop("module")().eval()
    card["parameters"] = sum(p.numel() for p in module.parameters())
    probe, reach = card.pop("probe", whole(card)), card.pop("reach", 0)
    card["receptiveFieldRadius"] = receptive_field_radius(module, card, probe) + reach
    folder = HERE / name
    folder.mkdir(exist_ok=True)
    save(module, folder / "model.pt")
    (folder / "architecture.json").write_text(json.dumps(card, indent=2) + "\n")
    print(name, json.dumps(card))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    export(sys.argv[1])
