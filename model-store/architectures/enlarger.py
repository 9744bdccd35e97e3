"""EDSR's residual trunk (Lim et al. 2017) at the input's resolution, shuffled into the enlarged picture in one step."""
from typing import List

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from layers import Conv, blocks, channels_last


class Enlarger(nn.Module):
    """forward(x): x float32 N,3,H,W in [0,1] to N,3,scale*H,scale*W; it predicts what to add to the nearest pixel.

    An engine that cannot make arrays of some dtype calls the method of that name instead of `forward`.
    """

    def __init__(self, scale: int, depth: int, width: int = 64):
        super().__init__()
        self.scale = scale
        self.head = Conv(3, width)
        self.body = blocks(width, depth)
        self.join = Conv(width, width, gain=0.1)
        self.tail = Conv(width, 3 * scale * scale, gain=0.1)

    def enlarge(self, x: Tensor, dtype: torch.dtype) -> Tensor:
        features = self.head(channels_last(x)).to(dtype)
        residual = self.tail(features + self.join(self.body(features))).to(x.dtype)
        nearest = x.repeat_interleave(self.scale * self.scale, 1)
        return F.pixel_shuffle(nearest + residual, self.scale)

    def forward(self, x: Tensor) -> Tensor:
        return self.enlarge(x, x.dtype)

    @torch.jit.export
    def forward_bfloat16(self, x: Tensor) -> Tensor:
        return self.enlarge(x, torch.bfloat16)

    @torch.jit.export
    def forward_float16(self, x: Tensor) -> Tensor:
        return self.enlarge(x, torch.float16)


class EnlargerEnsemble(Enlarger):
    """The mean of what the network makes of a picture's eight symmetries (Timofte et al. 2016, section 3.6): no weight more, eight times the work."""

    def enlarge_all(self, x: Tensor, dtype: torch.dtype) -> Tensor:
        total = self.enlarge(x, dtype)
        for symmetry in range(1, 8):
            flipped = torch.flip(x, axes(symmetry))
            if symmetry >= 4:
                total = total + torch.flip(self.enlarge(flipped.transpose(2, 3), dtype).transpose(2, 3), axes(symmetry))
            else:
                total = total + torch.flip(self.enlarge(flipped, dtype), axes(symmetry))
        return total / 8

    def forward(self, x: Tensor) -> Tensor:
        return self.enlarge_all(x, x.dtype)

    @torch.jit.export
    def forward_bfloat16(self, x: Tensor) -> Tensor:
        return self.enlarge_all(x, torch.bfloat16)

    @torch.jit.export
    def forward_float16(self, x: Tensor) -> Tensor:
        return self.enlarge_all(x, torch.float16)


def axes(symmetry: int) -> List[int]:
    """Of N,C,H,W, those that are turned round: bit 0 the rows', bit 1 the columns'."""
    chosen: List[int] = []
    if symmetry % 2 == 1:
        chosen.append(3)
    if symmetry // 2 % 2 == 1:
        chosen.append(2)
    return chosen


def architecture(scale: int, depth: int, ensemble: bool = False) -> dict:
    return {
        "name": f"enlarger-64-{depth}-x{scale}" + ("-ensemble" if ensemble else ""),
        "tasks": ["super-resolve"],
        "module": lambda: (EnlargerEnsemble if ensemble else Enlarger)(scale, depth=depth),
        "channels": {"in": 3, "out": 3},
        "range": [0, 1],
        "scale": scale,
        "condition": [],
        "sizeMultiple": 1,
        "tiles": [128, 192] if ensemble else [128, 192, 256, 320],
        "precisions": ["float32", "bfloat16", "float16"],
    }
