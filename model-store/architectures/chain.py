#!/usr/bin/env python3
"""A chain of convolutions without weights of its own, in bfloat16 inside: chain.py FILE

Trainings run perceptual losses on it where exact features would cost twice the time. The engine's binding has no bfloat16
arrays, so the conversion, and with it the gradient's way back, must be TorchScript.
"""
import sys
from typing import List

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from export import save
from layers import channels_last


class Chain(nn.Module):
    """forward(x, steps, taps, weights): x float32 N,C,H,W; the float32 results of the steps that taps count from 0.

    steps are rows of integers: 0 stride padding 0 is a convolution with the next two of the weights (kernel and bias,
    float32), 1 slope 0 0 a ReLU that leaks slope millionths, 2 side stride partial a maximum over squares.
    """

    def forward(self, x: Tensor, steps: Tensor, taps: Tensor, weights: List[Tensor]) -> List[Tensor]:
        rows: List[List[int]] = steps.tolist()
        wanted: List[int] = taps.tolist()
        results: List[Tensor] = []
        x = channels_last(x).to(torch.bfloat16)
        used = 0
        for i in range(max(wanted) + 1):
            kind, a, b, c = rows[i][0], rows[i][1], rows[i][2], rows[i][3]
            if kind == 0:
                x = F.conv2d(x, weights[used].to(x.dtype), weights[used + 1].to(x.dtype), stride=a, padding=b)
                used += 2
            elif kind == 1:
                x = F.leaky_relu(x, a / 1e6)
            else:
                x = F.max_pool2d(x, a, b, ceil_mode=c == 1)
            if i in wanted:
                results.append(x.to(torch.float32).contiguous())
        return results


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    save(Chain(), sys.argv[1])
