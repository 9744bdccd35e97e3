"""The denoiser's two scales without its noise map: removes JPEG's traces, told the file's quality if it is a JPEG still."""
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from layers import Conv, Down, Linear, Up, blocks, channels_last


class Unblocker(nn.Module):
    """forward(x, condition): x float32 N,3,H,W in [0,1], H and W multiples of 8, to the same shape; condition N,2, the names below.

    The hidden features take the condition's dtype.
    """

    def __init__(self, fine: int = 48, coarse: int = 112, before: int = 2, middle: int = 3, after: int = 2):
        super().__init__()
        self.head = Conv(4 * 3, fine)
        self.told = Linear(2, fine, gain=0.1)
        self.before = blocks(fine, before)
        self.down = Down(fine, coarse)
        self.middle = blocks(coarse, middle)
        self.up = Up(coarse, fine)
        self.after = blocks(fine, after)
        self.tail = Conv(fine, 4 * 3, gain=0.1)

    def forward(self, x: Tensor, condition: Tensor) -> Tensor:
        told = self.told(condition.to(x.dtype))[:, :, None, None]
        features = (self.head(channels_last(F.pixel_unshuffle(x, 2))) + told).to(condition.dtype)
        features = self.before(features)
        features = features + self.up(self.middle(self.down(features)))
        return x + F.pixel_shuffle(self.tail(self.after(features)).to(x.dtype), 2)

    @torch.jit.export
    def forward_bfloat16(self, x: Tensor, condition: Tensor) -> Tensor:
        return self.forward(x, condition.to(torch.bfloat16))

    @torch.jit.export
    def forward_float16(self, x: Tensor, condition: Tensor) -> Tensor:
        return self.forward(x, condition.to(torch.float16))


ARCHITECTURE = {
    "name": "unblocker-48-112-told",
    "tasks": ["dejpeg"],
    "module": Unblocker,
    "channels": {"in": 3, "out": 3},
    "range": [0, 1],
    "scale": 1,
    "condition": ["jpeg/damage", "jpeg/halved"],
    "sizeMultiple": 8,
    "tiles": [256, 384, 512, 640, 768, 896],
    "precisions": ["float32", "bfloat16", "float16"],
}
