"""Makes tiny traced networks as others publish them: python3 make.py (PyTorch 2.7).

exact.pt sees two pixels around, pooled.pt the mean of all it is shown, attention.pt takes 64 x 64 alone and enlarges twice.
"""
import io
import zipfile

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class Exact(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(3, 6, 3, padding=1)
        self.last = nn.Conv2d(6, 3, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        return x + 0.1 * self.last(F.gelu(self.first(x)))


class Pooled(nn.Module):
    """As NAFNet's simplified channel attention: how much of the detail stays depends on the whole picture."""

    def __init__(self):
        super().__init__()
        self.detail = nn.Conv2d(3, 3, 5, padding=2)

    def forward(self, x: Tensor) -> Tensor:
        return x + 0.1 * self.detail(x) * F.adaptive_avg_pool2d(x, 1)


class Attention(nn.Module):
    """A shifted window's attention as Swin's, all sizes Python's numbers, so that a trace holds for one; a mask made on x's device."""

    def __init__(self, side: int = 64, window: int = 8, features: int = 4):
        super().__init__()
        self.side, self.window, self.features = side, window, features
        self.embed = nn.Conv2d(3, features, 3, padding=1)
        self.mix = nn.Linear(features, 3 * features)
        self.bias = nn.Parameter(0.1 * torch.randn(9))
        self.register_buffer("near", torch.arange(window * window).remainder(9))
        self.up = nn.Conv2d(features, 12, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        n, w, side = x.shape[0], self.window, self.side
        h = torch.roll(self.embed(x), (-w // 2, -w // 2), (2, 3))
        h = h.view(n, self.features, side // w, w, side // w, w).permute(0, 2, 4, 3, 5, 1).reshape(-1, w * w, self.features)
        q, k, v = self.mix(h).chunk(3, -1)
        mask = torch.zeros((1, w * w, w * w), device=x.device)
        mask[:, :, : w // 2] -= 0.5
        weights = (q @ k.transpose(-2, -1) + mask + self.bias[self.near].view(1, 1, -1)).softmax(-1)
        h = (weights @ v).view(n, side // w, side // w, w, w, self.features).permute(0, 5, 1, 3, 2, 4).reshape(n, self.features, side, side)
        h = torch.roll(h, (w // 2, w // 2), (2, 3))
        return F.interpolate(x, scale_factor=2.0, mode="nearest") + 0.02 * F.pixel_shuffle(self.up(F.gelu(h)), 2)


def put(name: str, module: nn.Module, side: int) -> None:
    """Leaves out what is for debuggers: it says where this script lay."""
    whole = io.BytesIO()
    traced = torch.jit.trace(module.eval(), torch.rand(2, 3, side, side))
    torch.jit.save(traced, whole)
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(name, "w") as entries:
        for entry in source.infolist():
            if not entry.filename.endswith(".debug_pkl"):
                entries.writestr(zipfile.ZipInfo(entry.filename), source.read(entry))


torch.manual_seed(3)
with torch.no_grad():
    put("exact.pt", Exact(), 16)
    put("pooled.pt", Pooled(), 16)
    put("attention.pt", Attention(), 64)
