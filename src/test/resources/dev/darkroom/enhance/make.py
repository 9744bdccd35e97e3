"""Makes a model store of small networks whose answers can be worked out: python3 make.py (PyTorch 1.13).

Each network is there twice: as baseline, with tiles so small that pictures of a test are cut, and as whole, with tiles so large
that they are not.
"""
import base64
import hashlib
import io
import json
import pathlib
import zipfile

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class Sharpen(nn.Module):
    """Twice the picture less its mean over 5 x 5; zeros beyond the edge, as convolutions have them."""

    def forward(self, x: Tensor) -> Tensor:
        return 2 * x - F.avg_pool2d(x, 5, 1, 2)


class Smooth(nn.Module):
    """The mean over 7 x 7."""

    def forward(self, x: Tensor) -> Tensor:
        return F.avg_pool2d(x, 7, 1, 3)


class Stretch(nn.Module):
    """Each channel from its 1st to its 99th percentile."""

    def forward(self, x: Tensor, condition: Tensor) -> Tensor:
        percentiles = condition.reshape(-1, 3, 5).unsqueeze(3).unsqueeze(4)
        low = percentiles[:, :, 0]
        high = percentiles[:, :, 4]
        return (x - low) / (high - low)


class Enlarge(nn.Module):
    """Bicubic."""

    def __init__(self, scale: int):
        super().__init__()
        self.scale = scale

    def forward(self, x: Tensor) -> Tensor:
        return torch.ops.aten.upsample_bicubic2d(x, [self.scale * x.size(2), self.scale * x.size(3)], False)


class Demosaic(nn.Module):
    """Missing colours are means of the nearest samples of that colour; brightened by the condition, so that it shows."""

    def __init__(self):
        super().__init__()
        corners = torch.tensor([[1., 2., 1.], [2., 4., 2.], [1., 2., 1.]])
        cross = torch.tensor([[0., 1., 0.], [1., 4., 1.], [0., 1., 0.]])
        self.register_buffer("kernels", torch.stack([corners, cross, corners]).unsqueeze(1))

    def forward(self, x: Tensor, condition: Tensor) -> Tensor:
        there = torch.zeros(1, 3, x.size(2), x.size(3), device=x.device)
        there[:, 0, 0::2, 0::2] = 1
        there[:, 1, 0::2, 1::2] = 1
        there[:, 1, 1::2, 0::2] = 1
        there[:, 2, 1::2, 1::2] = 1
        known = F.conv2d(x * there, self.kernels, padding=1, groups=3)
        weight = F.conv2d(there, self.kernels, padding=1, groups=3)
        return known / weight + condition.unsqueeze(2).unsqueeze(3)


def archive(module: nn.Module) -> bytes:
    """Leaves out what is for debuggers: it says where this script lay."""
    whole = io.BytesIO()
    torch.jit.save(torch.jit.script(module.eval()), whole)
    target = io.BytesIO()
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(target, "w") as entries:
        for entry in source.infolist():
            if not entry.filename.endswith(".debug_pkl"):
                entries.writestr(zipfile.ZipInfo(entry.filename), source.read(entry))
    return target.getvalue()


def literal(tensor: Tensor) -> dict:
    return {"shape": list(tensor.shape), "float32": base64.b64encode(tensor.numpy().astype("<f4").tobytes()).decode()}


def put(task: str, version: int, module: nn.Module, radius: int, condition: list, channels: int = 3, scale: int = 1,
        multiple: int = 1) -> None:
    x = torch.linspace(0, 1, channels * 16).reshape(1, channels, 4, 4)
    told = torch.linspace(0.1, 0.9, len(condition)).unsqueeze(0)
    with torch.no_grad():
        y = module(x, told) if condition else module(x)
    model = archive(module)
    self_test = {"input": literal(x), "output": literal(y), "tolerance": 1e-5}
    if condition:
        self_test["condition"] = literal(told)
    for loss, side in ("baseline", 128), ("whole", 384):
        folder = pathlib.Path("store", task, loss, str(version))
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "model.pt").write_bytes(model)
        manifest = {
            "task": task, "loss": loss, "version": version, "architecture": type(module).__name__, "parameters": 0,
            "sha256": hashlib.sha256(model).hexdigest(), "channels": {"in": channels, "out": 3}, "range": [0, 1], "scale": scale,
            "condition": condition, "sizeMultiple": multiple, "receptiveFieldRadius": radius, "tiles": [side],
            "precisions": ["float32"], "selfTest": self_test}
        (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n")


put("deblur", 1, Sharpen(), 2, [])
put("dejpeg", 1, Smooth(), 3, [])
put("dehaze", 1, Stretch(), 0, [f"{channel}/p{share}" for channel in ("red", "green", "blue") for share in (1, 10, 50, 90, 99)])
put("super-resolve", 1, Enlarge(4), 2, [], scale=4)
put("super-resolve", 2, Enlarge(2), 2, [], scale=2)
put("demosaic", 1, Demosaic(), 1, ["sigma/255"], channels=1, multiple=2)
