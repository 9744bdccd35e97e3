"""FFDNet's idea (pixel-unshuffle, noise map; Zhang et al. 2018) on two scales with residual blocks.

Most of the parameters sit at a quarter of the resolution, where a convolution costs a quarter of what it costs at half
the resolution and sees twice as far; the half-resolution stages before and after keep the fine detail.
"""
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from layers import Conv, Down, Linear, Up, blocks, channels_last


class Denoiser(nn.Module):
    """forward(x, condition): x float32 N,3,H,W in [0,1], H and W multiples of 4; condition N,5, the names below.

    Beside the level of white noise it is told what is found out about noise that a camera has smoothed, and about the JPEG file, so that it
    need not guess either from a tile. The hidden features take the condition's dtype; the input, the residual and the output stay in x's. An engine that
    cannot make a condition of some dtype calls the method of that name instead of `forward`.
    """

    def __init__(self, fine: int = 48, coarse: int = 112, before: int = 2, middle: int = 3, after: int = 2):
        super().__init__()
        self.head = Conv(4 * 3 + 1, fine)
        self.told = Linear(4, fine, gain=0.1)
        self.before = blocks(fine, before)
        self.down = Down(fine, coarse)
        self.middle = blocks(coarse, middle)
        self.up = Up(coarse, fine)
        self.after = blocks(fine, after)
        self.tail = Conv(fine, 4 * 3, gain=0.1)

    def forward(self, x: Tensor, condition: Tensor) -> Tensor:
        planes = F.pixel_unshuffle(x, 2)
        noise_map = condition[:, :1, None, None].to(x.dtype)
        noise_map = noise_map.expand(planes.size(0), 1, planes.size(2), planes.size(3))
        told = self.told(condition[:, 1:].to(x.dtype))[:, :, None, None]
        features = (self.head(channels_last(torch.cat([planes, noise_map], 1))) + told).to(condition.dtype)
        features = self.before(features)
        features = features + self.up(self.middle(self.down(features)))
        residual = self.tail(self.after(features)).to(x.dtype)
        return x + F.pixel_shuffle(residual, 2)

    @torch.jit.export
    def forward_bfloat16(self, x: Tensor, condition: Tensor) -> Tensor:
        return self.forward(x, condition.to(torch.bfloat16))

    @torch.jit.export
    def forward_float16(self, x: Tensor, condition: Tensor) -> Tensor:
        return self.forward(x, condition.to(torch.float16))


ARCHITECTURE = {
    "name": "denoiser-48-112-told",
    "tasks": ["denoise"],
    "module": Denoiser,
    "channels": {"in": 3, "out": 3},
    "range": [0, 1],
    "scale": 1,
    "condition": ["sigma/255", "noise/luma", "noise/chroma", "jpeg/damage", "jpeg/halved"],
    "sizeMultiple": 4,
    "tiles": [256, 384, 512, 640, 768, 896],
    "precisions": ["float32", "bfloat16", "float16"],
}
