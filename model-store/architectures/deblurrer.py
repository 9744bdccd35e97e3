"""Undoes the shake that a picture's kernel tells of, then mends what that leaves, at three scales.

The kernel is the whole picture's, estimated before. Sharpened by filters at three strengths, with rings and noise where the kernel is
wrong or the picture has lost what was there, the picture goes into an encoder-decoder with residual blocks (in the spirit of SRN, Tao et
al. 2018, in one pass; of deep Wiener deconvolution, Dong et al. 2020, for its input). It says for each pixel how much of each strength to
take, and what to add.
"""
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from layers import Conv, Down, Up, blocks, channels_last
from shake import REACH, SIDE, Unshake


class Deblurrer(nn.Module):
    """forward(x, condition): x float32 N,3,H,W in [0,1], H and W multiples of 8, condition N,35*35, the kernel's rows; to the shape of x."""

    def __init__(self, half: int = 40, quarter: int = 72, eighth: int = 96):
        super().__init__()
        self.unshake = Unshake()
        self.head = Conv(4 * 3, half)
        self.sharp_head = Conv(4 * 9, half, gain=0.3)
        self.half_in = blocks(half, 2)
        self.to_quarter = Down(half, quarter)
        self.quarter_in = blocks(quarter, 2)
        self.to_eighth = Down(quarter, eighth)
        self.eighth = blocks(eighth, 2)
        self.from_eighth = Up(eighth, quarter)
        self.quarter_out = blocks(quarter, 2)
        self.from_quarter = Up(quarter, half)
        self.half_out = blocks(half, 2)
        self.tail = Conv(half, 4 * 3, gain=0.1)
        self.share = Conv(half, 4 * 3, gain=0.1)

    def mend(self, x: Tensor, sharpened: Tensor, dtype: torch.dtype) -> Tensor:
        # What a wrong kernel makes of a picture may be far outside of what a picture can be.
        sharp = sharpened.clamp(-0.5, 1.5)
        half = self.head(channels_last(F.pixel_unshuffle(x, 2))) + self.sharp_head(channels_last(F.pixel_unshuffle(sharp, 2)))
        half = self.half_in(half.to(dtype))
        quarter = self.quarter_in(self.to_quarter(half))
        eighth = self.eighth(self.to_eighth(quarter))
        quarter = self.quarter_out(quarter + self.from_eighth(eighth))
        half = self.half_out(half + self.from_quarter(quarter))
        shares = F.pixel_shuffle(self.share(half).to(x.dtype), 2)
        gains = sharp.unflatten(1, [3, 3]) - x[:, None]
        return x + (shares[:, :, None] * gains).sum(1) + F.pixel_shuffle(self.tail(half).to(x.dtype), 2)

    def restore(self, x: Tensor, condition: Tensor, dtype: torch.dtype) -> Tensor:
        return self.mend(x, self.unshake(x, condition), dtype)

    def forward(self, x: Tensor, condition: Tensor) -> Tensor:
        return self.restore(x, condition, x.dtype)

    @torch.jit.export
    def forward_bfloat16(self, x: Tensor, condition: Tensor) -> Tensor:
        return self.restore(x, condition, torch.bfloat16)

    @torch.jit.export
    def forward_float16(self, x: Tensor, condition: Tensor) -> Tensor:
        return self.restore(x, condition, torch.float16)


def mended(module: Deblurrer, x: Tensor) -> Tensor:
    """What follows the filters, for measuring how far it looks."""
    return module.mend(x, x.repeat(1, 3, 1, 1), x.dtype)


ARCHITECTURE = {
    "name": "deblurrer-40-72-96-shake",
    "tasks": ["deblur"],
    "module": Deblurrer,
    "probe": mended,
    "reach": REACH,
    "channels": {"in": 3, "out": 3},
    "range": [0, 1],
    "scale": 1,
    "condition": [f"shake/{SIDE}x{SIDE}"],
    "sizeMultiple": 8,
    "tiles": [512, 768],
    "precisions": ["float32", "bfloat16", "float16"],
}
