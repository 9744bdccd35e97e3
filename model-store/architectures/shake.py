"""Undoing a camera shake whose blur kernel is known, by filters of bounded reach, so that tiles still equal the whole picture."""
import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

SIDE = 35
"""Of a kernel, px."""
REACH = 63
"""Of the inverse filters, px: they are made on a grid of 128 x 128."""


class Unshake(nn.Module):
    """forward(x, kernel): x float32 N,C,H,W and kernel N,35*35 to N,3C,H,W: x sharpened at three strengths, the boldest first.

    A regularised inverse, with the penalty on gradients of Levin et al. 2007: for the kernel's transfer function K the filter is
    conj(K) / (|K|^2 + noise (|D|^2 + 0.02)) with D the differences of neighbours. The three `noise` are for pictures from clean to
    sigma 15 on the 0..255 scale. Faded out towards its reach, a filter loses little; it makes tiles equal the whole picture.
    """

    def filters(self, kernel: Tensor) -> Tensor:
        """N,3,128,128 with the centre at (64, 64); each sums to 1."""
        step = torch.arange(128, device=kernel.device).to(kernel.dtype)
        gradient = 2 - 2 * torch.cos(step * (2 * math.pi / 128))
        penalty = gradient[:, None] + gradient[None, :65] + 0.02
        fade = 0.5 + 0.5 * torch.cos(math.pi * ((torch.abs(step - 64) - 38) / 26).clamp(0, 1))
        centred = F.pad(kernel.view(-1, 1, 35, 35), [0, 93, 0, 93]).roll([-17, -17], [2, 3]).clamp(min=0)
        # No kernel at all means no shake.
        centred = centred + 1e-6 * (step[:, None] + step[None, :] == 0)
        transfer = torch.fft.rfft2(centred / centred.sum([2, 3], keepdim=True))
        power = torch.square(torch.abs(transfer))
        regularised = torch.cat([power + 0.005 * penalty, power + 0.03 * penalty, power + 0.2 * penalty], 1)
        inverse = torch.fft.irfft2(torch.conj(transfer) / regularised, [128, 128])
        faded = inverse.roll([64, 64], [2, 3]) * (fade[:, None] * fade[None, :])
        return faded / faded.sum([2, 3], keepdim=True)

    def forward(self, x: Tensor, kernel: Tensor) -> Tensor:
        # Beyond its edge a picture goes on as it ends: with black there, edges would ring.
        size = [x.size(2) + 128, x.size(3) + 128]
        picture = torch.fft.rfft2(F.pad(x, [64, 64, 64, 64], mode="replicate"))
        inverse = torch.fft.rfft2(self.filters(kernel), size)
        sharpened = torch.fft.irfft2(picture[:, None, :] * inverse[:, :, None], size)
        # The filters' centre lies at 64, and so does the picture's corner.
        return sharpened[:, :, :, 128 : 128 + x.size(2), 128 : 128 + x.size(3)].flatten(1, 2)
