#!/usr/bin/env python3
"""VGG16 (Simonyan and Zisserman 2014) without its weights, in bfloat16 inside: vgg16.py FILE

Trainings run perceptual losses on it where exact features would cost twice the time. The engine's binding has no bfloat16
arrays of its own, so the conversion, and with it the gradient's way back, must be TorchScript.
"""
import sys
from typing import List

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from export import save
from layers import channels_last


class Vgg16(nn.Module):
    """forward(rgb01, taps, weights): x float32 N,3,H,W in [0,1]; float32 features behind the ReLUs that taps count from 0.

    weights are kernel and bias of each convolution in turn, float32.
    """

    def forward(self, rgb01: Tensor, taps: Tensor, weights: List[Tensor]) -> List[Tensor]:
        mean = torch.tensor([0.485, 0.456, 0.406], device=rgb01.device).view(1, 3, 1, 1)
        deviation = torch.tensor([0.229, 0.224, 0.225], device=rgb01.device).view(1, 3, 1, 1)
        x = channels_last((rgb01 - mean) / deviation).to(torch.bfloat16)
        wanted: List[int] = taps.tolist()
        features: List[Tensor] = []
        for i in range(max(wanted) + 1):
            if i in [2, 4, 7, 10]:
                x = F.max_pool2d(x, 2, 2)
            x = F.relu(F.conv2d(x, weights[2 * i].to(x.dtype), weights[2 * i + 1].to(x.dtype), padding=1))
            if i in wanted:
                features.append(x.to(torch.float32).contiguous())
        return features


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    save(Vgg16(), sys.argv[1])
