"""An encoder-decoder on three scales with residual blocks, in the spirit of SRN (Tao et al. 2018) but in one pass.

A blur of tens of pixels is a few pixels long at an eighth of the resolution, where a convolution costs a sixteenth of
what it costs at half the resolution; each scale's decoder adds to what its encoder saw.
"""
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from layers import Conv, Down, Up, blocks, channels_last


class Deblurrer(nn.Module):
    """forward(x): x float32 N,3,H,W in [0,1], H and W multiples of 8, to the same shape; hidden features in any precision."""

    def __init__(self, half: int = 40, quarter: int = 72, eighth: int = 96):
        super().__init__()
        self.head = Conv(4 * 3, half)
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

    def restore(self, x: Tensor, dtype: torch.dtype) -> Tensor:
        half = self.half_in(self.head(channels_last(F.pixel_unshuffle(x, 2))).to(dtype))
        quarter = self.quarter_in(self.to_quarter(half))
        eighth = self.eighth(self.to_eighth(quarter))
        quarter = self.quarter_out(quarter + self.from_eighth(eighth))
        half = self.half_out(half + self.from_quarter(quarter))
        return x + F.pixel_shuffle(self.tail(half).to(x.dtype), 2)

    def forward(self, x: Tensor) -> Tensor:
        return self.restore(x, x.dtype)

    @torch.jit.export
    def forward_bfloat16(self, x: Tensor) -> Tensor:
        return self.restore(x, torch.bfloat16)

    @torch.jit.export
    def forward_float16(self, x: Tensor) -> Tensor:
        return self.restore(x, torch.float16)


ARCHITECTURE = {
    "name": "deblurrer-40-72-96",
    "tasks": ["deblur"],
    "module": Deblurrer,
    "channels": {"in": 3, "out": 3},
    "range": [0, 1],
    "scale": 1,
    "condition": [],
    "sizeMultiple": 8,
    "tiles": [384, 512, 640],
    "precisions": ["float32", "bfloat16", "float16"],
}
