"""Writes a checkpoint with random weights of each of many architectures: architectures.py FOLDER [NAME...].

They are as small as their architectures allow, so that importing all of them takes minutes. Runs in the Python that ./darkroom import
installs. A file is called TASK-SCALE-NAME.pth.
"""
import pathlib
import sys

import torch
from spandrel.architectures.Compact import Compact
from spandrel.architectures.DAT import DAT
from spandrel.architectures.DRUNet import DRUNet
from spandrel.architectures.ESRGAN import ESRGAN
from spandrel.architectures.FBCNN import FBCNN
from spandrel.architectures.HAT import HAT
from spandrel.architectures.MixDehazeNet import MixDehazeNet
from spandrel.architectures.NAFNet import NAFNet
from spandrel.architectures.OmniSR import OmniSR
from spandrel.architectures.PLKSR import PLKSR
from spandrel.architectures.RCAN import RCAN
from spandrel.architectures.SAFMN import SAFMN
from spandrel.architectures.SCUNet import SCUNet
from spandrel.architectures.SPAN import SPAN
from spandrel.architectures.SwinIR import SwinIR

NETWORKS = {
    "super-resolve-4-compact": lambda: Compact(num_feat=16, num_conv=4, upscale=4),
    "super-resolve-4-esrgan": lambda: ESRGAN(num_filters=16, num_blocks=2, scale=4),
    "super-resolve-4-span": lambda: SPAN(num_in_ch=3, num_out_ch=3, feature_channels=16, upscale=4),
    "super-resolve-2-plksr": lambda: PLKSR(dim=16, n_blocks=3, upscaling_factor=2),
    "super-resolve-4-safmn": lambda: SAFMN(dim=16, n_blocks=2, upscaling_factor=4),
    "super-resolve-2-omnisr": lambda: OmniSR(num_feat=16, up_scale=2),
    "super-resolve-4-rcan": lambda: RCAN(scale=4, n_resgroups=2, n_resblocks=2, n_feats=16, reduction=4),
    "super-resolve-2-swinir": lambda: SwinIR(embed_dim=24, depths=[2, 2], num_heads=[2, 2], window_size=8, mlp_ratio=2, upscale=2, upsampler="pixelshuffledirect"),
    "super-resolve-2-hat": lambda: HAT(embed_dim=24, depths=(2, 2), num_heads=(2, 2), window_size=8, squeeze_factor=4, mlp_ratio=2, upscale=2, upsampler="pixelshuffle"),
    "super-resolve-2-dat": lambda: DAT(embed_dim=24, split_size=[8, 8], depth=[2, 2], num_heads=[2, 2], upscale=2),
    "denoise-1-drunet": lambda: DRUNet(in_nc=4, out_nc=3, nc=[16, 24, 32, 40], nb=2),
    "denoise-1-scunet": lambda: SCUNet(in_nc=3, config=[1, 1, 1, 1, 1, 1, 1], dim=64),
    "deblur-1-nafnet": lambda: NAFNet(width=8, middle_blk_num=1, enc_blk_nums=[1, 1], dec_blk_nums=[1, 1]),
    "dejpeg-1-fbcnn": lambda: FBCNN(nc=[16, 24, 32, 512], nb=1),
    "dehaze-1-mixdehazenet": lambda: MixDehazeNet(embed_dims=[12, 24, 48, 24, 12]),
}


def main(folder: pathlib.Path, names: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, network in NETWORKS.items():
        if not names or name in names:
            torch.manual_seed(1)
            torch.save({"params": network().eval().state_dict()}, folder / f"{name}.pth")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), sys.argv[2:])
