"""EDSR's residual trunk (Lim et al. 2017) at the input's resolution, shuffled into the enlarged picture in one step."""
from typing import List

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from layers import Conv, Linear, blocks, channels_last


class Enlarger(nn.Module):
    """forward(x, condition): x float32 N,3,H,W in [0,1] to N,3,scale*H,scale*W; it predicts what to add to the nearest pixel.

    condition N,2 says how much a JPEG file has lost, so that its traces are not enlarged too. The hidden features take the condition's
    dtype; an engine that cannot make a condition of some dtype calls the method of that name instead of `forward`.
    """

    def __init__(self, scale: int, depth: int, width: int = 64):
        super().__init__()
        self.scale = scale
        self.head = Conv(3, width)
        self.told = Linear(2, width, gain=0.1)
        self.body = blocks(width, depth)
        self.join = Conv(width, width, gain=0.1)
        self.tail = Conv(width, 3 * scale * scale, gain=0.1)

    def enlarge(self, x: Tensor, condition: Tensor) -> Tensor:
        features = (self.head(channels_last(x)) + self.told(condition.to(x.dtype))[:, :, None, None]).to(condition.dtype)
        residual = self.tail(features + self.join(self.body(features))).to(x.dtype)
        nearest = x.repeat_interleave(self.scale * self.scale, 1)
        return F.pixel_shuffle(nearest + residual, self.scale)

    def forward(self, x: Tensor, condition: Tensor) -> Tensor:
        return self.enlarge(x, condition)

    @torch.jit.export
    def forward_bfloat16(self, x: Tensor, condition: Tensor) -> Tensor:
        return self.enlarge(x, condition.to(torch.bfloat16))

    @torch.jit.export
    def forward_float16(self, x: Tensor, condition: Tensor) -> Tensor:
        return self.enlarge(x, condition.to(torch.float16))


class EnlargerEnsemble(Enlarger):
    """The mean of what the network makes of a picture's eight symmetries (Timofte et al. 2016, section 3.6): no weight more, eight times the work."""

    def enlarge_all(self, x: Tensor, condition: Tensor) -> Tensor:
        total = self.enlarge(x, condition)
        for symmetry in range(1, 8):
            flipped = torch.flip(x, axes(symmetry))
            if symmetry >= 4:
                total = total + torch.flip(self.enlarge(flipped.transpose(2, 3), condition).transpose(2, 3), axes(symmetry))
            else:
                total = total + torch.flip(self.enlarge(flipped, condition), axes(symmetry))
        return total / 8

    def forward(self, x: Tensor, condition: Tensor) -> Tensor:
        return self.enlarge_all(x, condition)

    @torch.jit.export
    def forward_bfloat16(self, x: Tensor, condition: Tensor) -> Tensor:
        return self.enlarge_all(x, condition.to(torch.bfloat16))

    @torch.jit.export
    def forward_float16(self, x: Tensor, condition: Tensor) -> Tensor:
        return self.enlarge_all(x, condition.to(torch.float16))


def axes(symmetry: int) -> List[int]:
    """Of N,C,H,W, those that are turned round: bit 0 the rows', bit 1 the columns'."""
    chosen: List[int] = []
    if symmetry % 2 == 1:
        chosen.append(3)
    if symmetry // 2 % 2 == 1:
        chosen.append(2)
    return chosen


def architecture(scale: int, depth: int, ensemble: bool = False) -> dict:
    card = {
        "name": f"enlarger-64-{depth}-x{scale}-told" + ("-ensemble" if ensemble else ""),
        "tasks": ["super-resolve"],
        "module": lambda: (EnlargerEnsemble if ensemble else Enlarger)(scale, depth=depth),
        "channels": {"in": 3, "out": 3},
        "range": [0, 1],
        "scale": scale,
        "condition": ["jpeg/damage", "jpeg/halved"],
        "sizeMultiple": 1,
        "tiles": [128, 192] if ensemble else [128, 192, 256, 320],
        "precisions": ["float32", "bfloat16", "float16"],
    }
    if ensemble:  # eight orientations of a square kernel reach as far as one
        card["probe"] = lambda module, x: module.enlarge(x, torch.full((1, 2), 0.1, dtype=x.dtype))
    return card
