"""Makes the small network that the trainer's tests train: python3 make.py (PyTorch 1.13 or newer)."""
import json
import pathlib
import sys

ARCHITECTURES = pathlib.Path(__file__).resolve().parents[6] / "model-store" / "architectures"
sys.path.insert(0, str(ARCHITECTURES))
sys.dont_write_bytecode = True
import denoiser
import export

card = dict(denoiser.ARCHITECTURE, name="tiny")
card.pop("module")
module = denoiser.Denoiser(fine=8, coarse=8, before=1, middle=1, after=1).eval()
card["parameters"] = sum(p.numel() for p in module.parameters())
card["receptiveFieldRadius"] = export.receptive_field_radius(module, card["sizeMultiple"], 1)
folder = pathlib.Path(__file__).parent / "tiny"
folder.mkdir(exist_ok=True)
export.save(module, folder / "model.pt")
(folder / "architecture.json").write_text(json.dumps(card, indent=2) + "\n")
