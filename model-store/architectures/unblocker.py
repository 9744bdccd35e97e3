"""The denoiser's two scales without its noise map, so that it can start from the denoiser's weights: removes JPEG's traces, quality unseen."""
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from layers import Conv, Down, Up, blocks, channels_last


class Unblocker(nn.Module):
    """forward(x): x float32 N,3,H,W in [0,1], H and W multiples of 8, to the same shape; hidden features in any precision."""

    def __init__(self, fine: int = 48, coarse: int = 112, before: int = 2, middle: int = 3, after: int = 2):
        super().__init__()
        self.head = Conv(4 * 3, fine)
        self.before = blocks(fine, before)
        self.down = Down(fine, coarse)
        self.middle = blocks(coarse, middle)
        self.up = Up(coarse, fine)
        self.after = blocks(fine, after)
        self.tail = Conv(fine, 4 * 3, gain=0.1)

    def restore(self, x: Tensor, dtype: torch.dtype) -> Tensor:
        features = self.before(self.head(channels_last(F.pixel_unshuffle(x, 2))).to(dtype))
        features = features + self.up(self.middle(self.down(features)))
        return x + F.pixel_shuffle(self.tail(self.after(features)).to(x.dtype), 2)

    def forward(self, x: Tensor) -> Tensor:
        return self.restore(x, x.dtype)

    @torch.jit.export
    def forward_bfloat16(self, x: Tensor) -> Tensor:
        return self.restore(x, torch.bfloat16)

    @torch.jit.export
    def forward_float16(self, x: Tensor) -> Tensor:
        return self.restore(x, torch.float16)


ARCHITECTURE = {
    "name": "unblocker-48-112",
    "tasks": ["dejpeg"],
    "module": Unblocker,
    "channels": {"in": 3, "out": 3},
    "range": [0, 1],
    "scale": 1,
    "condition": [],
    "sizeMultiple": 8,
    "tiles": [256, 384, 448, 512, 640],
    "precisions": ["float32", "bfloat16", "float16"],
}
