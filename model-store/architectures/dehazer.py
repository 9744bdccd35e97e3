"""An encoder-decoder on three scales, in the spirit of MSBDN (Dong et al. 2020), that predicts haze's own two maps.

Haze is I = J t + A (1 - t), so J = I gain + offset with gain = 1/t and offset = A (1 - 1/t): both are smooth, and the
network predicts them instead of the picture. The colour of the air A is a matter of the whole picture: percentiles of
its colours come with the condition and scale and shift the coarse features (FiLM, Perez et al. 2018), so that every
tile of a picture sees the same air and tiles still equal the whole.
"""
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from layers import Conv, Down, Linear, Up, blocks, channels_last


class Dehazer(nn.Module):
    """forward(x, condition): x float32 N,3,H,W in [0,1], H and W multiples of 8; condition N,15 percentiles of R, G and B.

    The hidden features take the condition's dtype.
    """

    def __init__(self, half: int = 24, quarter: int = 48, eighth: int = 80, global_width: int = 64):
        super().__init__()
        self.head = Conv(4 * 3, half)
        self.half_in = blocks(half, 1)
        self.to_quarter = Down(half, quarter)
        self.quarter_in = blocks(quarter, 2)
        self.to_eighth = Down(quarter, eighth)
        self.eighth_in = blocks(eighth, 1)
        self.eighth_out = blocks(eighth, 2)
        self.from_eighth = Up(eighth, quarter)
        self.quarter_out = blocks(quarter, 2)
        self.from_quarter = Up(quarter, half)
        self.half_out = blocks(half, 1)
        self.tail = Conv(half, 4 * 6, gain=0.1)
        self.air = Linear(15, global_width)
        self.air_to_features = Linear(global_width, 2 * eighth, gain=0.1)

    def forward(self, x: Tensor, condition: Tensor) -> Tensor:
        dtype = condition.dtype
        air = self.air_to_features(F.relu(self.air(condition.to(x.dtype))))[:, :, None, None].to(dtype)
        scale, shift = air.chunk(2, 1)
        half = self.half_in(self.head(channels_last(F.pixel_unshuffle(x, 2))).to(dtype))
        quarter = self.quarter_in(self.to_quarter(half))
        eighth = self.eighth_in(self.to_eighth(quarter))
        eighth = self.eighth_out(eighth * (1 + scale) + shift)
        quarter = self.quarter_out(quarter + self.from_eighth(eighth))
        half = self.half_out(half + self.from_quarter(quarter))
        gain, offset = F.pixel_shuffle(self.tail(half).to(x.dtype), 2).chunk(2, 1)
        return x + x * gain + offset

    @torch.jit.export
    def forward_bfloat16(self, x: Tensor, condition: Tensor) -> Tensor:
        return self.forward(x, condition.to(torch.bfloat16))

    @torch.jit.export
    def forward_float16(self, x: Tensor, condition: Tensor) -> Tensor:
        return self.forward(x, condition.to(torch.float16))


ARCHITECTURE = {
    "name": "dehazer-24-48-80",
    "tasks": ["dehaze"],
    "module": Dehazer,
    "channels": {"in": 3, "out": 3},
    "range": [0, 1],
    "scale": 1,
    "condition": [f"{channel}/p{share}" for channel in ("red", "green", "blue") for share in (1, 10, 50, 90, 99)],
    "sizeMultiple": 8,
    "tiles": [256, 384, 512, 640, 768, 896],
    "precisions": ["float32", "bfloat16", "float16"],
}
