"""Layers whose arithmetic follows their features' precision, in the subset of Python that TorchScript takes.

Weights are stored in float32 and cast where they are used, so one checkpoint trains and serves in any precision.
`std` is the standard deviation a weight is drawn with before training: an exported architecture holds that number in
place of every weight, and the trainer draws the weights from its seed.
"""
import torch
import torch.nn.functional as F
from torch import Tensor, nn


class Conv(nn.Module):
    """k x k convolution, zero padding that keeps the size."""

    def __init__(self, inputs: int, outputs: int, kernel: int = 3, gain: float = 1.0):
        super().__init__()
        std = gain * (2.0 / (inputs * kernel * kernel)) ** 0.5
        self.weight = nn.Parameter(torch.full((outputs, inputs, kernel, kernel), std))
        self.bias = nn.Parameter(torch.zeros(outputs))
        self.padding = kernel // 2

    def forward(self, x: Tensor) -> Tensor:
        return F.conv2d(x, self.weight.to(x.dtype), self.bias.to(x.dtype), padding=self.padding)


class Linear(nn.Module):
    """x (N,inputs) to (N,outputs)."""

    def __init__(self, inputs: int, outputs: int, gain: float = 1.0):
        super().__init__()
        self.weight = nn.Parameter(torch.full((outputs, inputs), gain * (2.0 / inputs) ** 0.5))
        self.bias = nn.Parameter(torch.zeros(outputs))

    def forward(self, x: Tensor) -> Tensor:
        return F.linear(x, self.weight.to(x.dtype), self.bias.to(x.dtype))


class ResidualBlock(nn.Module):
    """x + conv(relu(conv(x))); the last convolution starts small, so that a deep stack starts near the identity."""

    def __init__(self, width: int):
        super().__init__()
        self.first = Conv(width, width)
        self.second = Conv(width, width, gain=0.1)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.second(F.relu(self.first(x)))


class Down(nn.Module):
    """Half the resolution: 2 x 2 pixels become channels, mixed by a 1 x 1 convolution."""

    def __init__(self, inputs: int, outputs: int):
        super().__init__()
        self.mix = Conv(4 * inputs, outputs, kernel=1, gain=0.7)

    def forward(self, x: Tensor) -> Tensor:
        return self.mix(channels_last(F.pixel_unshuffle(x, 2)))


class Up(nn.Module):
    """Twice the resolution: a 1 x 1 convolution, then channels become 2 x 2 pixels."""

    def __init__(self, inputs: int, outputs: int):
        super().__init__()
        self.mix = Conv(inputs, 4 * outputs, kernel=1, gain=0.7)

    def forward(self, x: Tensor) -> Tensor:
        return channels_last(F.pixel_shuffle(self.mix(x), 2))


def blocks(width: int, count: int) -> nn.Sequential:
    return nn.Sequential(*[ResidualBlock(width) for _ in range(count)])


def channels_last(x: Tensor) -> Tensor:
    """The layout in which convolutions are fastest, on CPUs with vector or matrix units and on tensor cores alike."""
    return x.contiguous(memory_format=torch.channels_last)
