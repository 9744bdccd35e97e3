"""EDSR's residual trunk (Lim et al. 2017) on packed Bayer planes with a noise map (Gharbi et al. 2016, FFDNet).

The mosaic is unshuffled into its R, G, G and B planes of half the resolution, where every convolution sees all colours
of a place and costs a quarter. The network predicts what to add to the nearest sample of each colour.
"""
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from layers import Conv, blocks, channels_last


class Demosaicker(nn.Module):
    """forward(x, condition): x float32 N,1,H,W in [0,1], an RGGB mosaic, H and W even; condition N,1 = sigma/255.

    Returns N,3,H,W. The hidden features take the condition's dtype.
    """

    def __init__(self, width: int = 64, depth: int = 8):
        super().__init__()
        self.head = Conv(4 + 1, width)
        self.body = blocks(width, depth)
        self.tail = Conv(width, 4 * 3, gain=0.1)

    def forward(self, x: Tensor, condition: Tensor) -> Tensor:
        planes = F.pixel_unshuffle(x, 2)
        noise_map = condition[:, :1, None, None].to(x.dtype)
        noise_map = noise_map.expand(planes.size(0), 1, planes.size(2), planes.size(3))
        features = self.head(channels_last(torch.cat([planes, noise_map], 1))).to(condition.dtype)
        residual = self.tail(features + self.body(features)).to(x.dtype)
        red, green, other, blue = planes[:, 0:1], planes[:, 1:2], planes[:, 2:3], planes[:, 3:4]
        mean = (green + other) / 2
        nearest = torch.cat([red, red, red, red, mean, green, other, mean, blue, blue, blue, blue], 1)
        return F.pixel_shuffle(nearest + residual, 2)

    @torch.jit.export
    def forward_bfloat16(self, x: Tensor, condition: Tensor) -> Tensor:
        return self.forward(x, condition.to(torch.bfloat16))

    @torch.jit.export
    def forward_float16(self, x: Tensor, condition: Tensor) -> Tensor:
        return self.forward(x, condition.to(torch.float16))


ARCHITECTURE = {
    "name": "demosaicker-64-8",
    "tasks": ["demosaic"],
    "module": Demosaicker,
    "channels": {"in": 1, "out": 3},
    "range": [0, 1],
    "scale": 1,
    "condition": ["sigma/255"],
    "sizeMultiple": 2,
    "tiles": [256, 384, 512, 640, 768],
    "precisions": ["float32", "bfloat16", "float16"],
}
