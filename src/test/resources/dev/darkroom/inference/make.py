"""Makes the TorchScript that the tests of inference run: python3 make.py (PyTorch 1.13)."""
import io
import zipfile

import torch
from torch import Tensor, nn


def planes(condition: Tensor) -> Tensor:
    return condition.unsqueeze(2).unsqueeze(3)


class Identity(nn.Module):
    """Faithful in bfloat16, coarse in float16."""

    def forward(self, x: Tensor, condition: Tensor) -> Tensor:
        return x + 0 * planes(condition)

    @torch.jit.export
    def forward_bfloat16(self, x: Tensor, condition: Tensor) -> Tensor:
        return x.to(torch.bfloat16).float() + 0 * planes(condition)

    @torch.jit.export
    def forward_float16(self, x: Tensor, condition: Tensor) -> Tensor:
        return torch.round(8 * x) / 8 + 0 * planes(condition)


class Brighten(nn.Module):
    def forward(self, x: Tensor, condition: Tensor) -> Tensor:
        return x + planes(condition)


class SlowToBegin(nn.Module):
    """Brightens, and takes some milliseconds for a batch of any size, so that large ones pay on every machine."""

    def forward(self, x: Tensor, condition: Tensor) -> Tensor:
        nothing = torch.zeros(1)
        for _ in range(1000):
            nothing = nothing * 0.5
        return x + planes(condition) + nothing


class FailsOnBright(nn.Module):
    def forward(self, x: Tensor, condition: Tensor) -> Tensor:
        if bool((x.mean([1, 2, 3]) > 0.9).any()):
            raise ValueError("too bright")
        return x + planes(condition)


class Doubles(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return x.repeat_interleave(2, 2).repeat_interleave(2, 3)


def save(module: nn.Module, path: str) -> None:
    """Leaves out what is for debuggers: it says where this script lay."""
    whole = io.BytesIO()
    torch.jit.save(torch.jit.script(module), whole)
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w") as target:
        for entry in source.infolist():
            if not entry.filename.endswith(".debug_pkl"):
                target.writestr(zipfile.ZipInfo(entry.filename), source.read(entry))


save(Identity(), "identity.pt")
save(Brighten(), "brighten.pt")
save(SlowToBegin(), "slow-to-begin.pt")
save(FailsOnBright(), "fails-on-bright.pt")
save(Doubles(), "doubles.pt")
