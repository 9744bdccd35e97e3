"""Makes legacy.pth and zip.pth, the state dictionaries that StateDictionaryTest reads: python3 make.py (PyTorch 1.13)."""
import collections
import torch

layers = torch.nn.Sequential(torch.nn.Conv2d(1, 2, 1)).state_dict()
layers["0.weight"].copy_(torch.tensor([0.5, -2.0]).reshape(2, 1, 1, 1))
layers["0.bias"].copy_(torch.tensor([1.0, 0.1]))
layers["turned"] = torch.arange(6.0).reshape(2, 3).t()
layers["half"] = torch.nn.Parameter(torch.tensor([1.5, -0.0, 6e-8, 65504.0]).half())
layers["bfloat16"] = torch.tensor([1.0, -3.140625]).bfloat16()
layers["count"] = torch.tensor(3)
content = {"params": layers, "step": 5, "rate": 1e-3, "notes": ["a", None]}
torch.save(content, "legacy.pth", _use_new_zipfile_serialization=False)
torch.save(content, "zip.pth")
