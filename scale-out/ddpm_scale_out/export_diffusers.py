"""python -m ddpm_scale_out.export_diffusers --bundle model.safetensors --out folder: the EMA weights for diffusers."""

import argparse
import json
import re
from pathlib import Path

from .bundle import read_bundle
from .diffusion import Diffusion, is_flow
from .errors import UserError, explained
from .tensor_file import write_tensors

VERSION = "0.30.0"
PREDICTIONS = {"epsilon": "epsilon", "x0": "sample", "v": "v_prediction"}
NETWORK = ("n_channels", "ch_mults", "is_attn", "n_blocks", "n_groups", "n_final_groups", "n_classes", "learned_variance")


def main():
    parser = argparse.ArgumentParser(prog="ddpm_scale_out.export_diffusers", description="Writes a diffusers folder.")
    parser.add_argument("--bundle", required=True, help="model or training state of the playground")
    parser.add_argument("--out", required=True, help="folder to write")
    options = parser.parse_args()
    bundle, folder = read_bundle(options.bundle), Path(options.out)
    if folder.exists() and any(folder.iterdir()):
        raise UserError(f"{folder} is not empty: name a new folder.")
    export(bundle, folder)
    print(f"{folder}: README.md there shows how to load it.")


def export(bundle, folder):
    """unet/ (config, weights, the module's file), scheduler/ and a README that shows how to load them."""
    config = bundle.config
    for name in ("unet", "scheduler"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    network = {key: config[key] for key in NETWORK if key in config}
    shape = {"sample_size": config["image_size"], "in_channels": config["image_channels"]}
    _write(folder / "unet" / "config.json", "PlaygroundUNet", {**shape, **network, "dropout": 0.0})
    write_tensors(folder / "unet" / "diffusion_pytorch_model.safetensors", bundle.ema, {"format": "pt"})
    (folder / "unet" / "playground_unet.py").write_text(_module())
    if is_flow(config):
        # sigmas of s, a network asked at s · num_train_timesteps, and a velocity from image to noise: as here.
        scheduler = {"num_train_timesteps": config["n_steps"], "shift": 1.0}
        _write(folder / "scheduler" / "scheduler_config.json", "FlowMatchEulerDiscreteScheduler", scheduler)
        (folder / "README.md").write_text(FLOW_README)
        return
    betas = Diffusion(config.get("schedule", "linear"), config["n_steps"]).betas.tolist()
    scheduler = {
        "num_train_timesteps": config["n_steps"],
        "trained_betas": betas,
        "prediction_type": PREDICTIONS[config.get("objective", "epsilon")],
        "variance_type": "learned_range" if config.get("learned_variance") else "fixed_small",
        "clip_sample": True,
    }
    _write(folder / "scheduler" / "scheduler_config.json", "DDPMScheduler", scheduler)
    (folder / "README.md").write_text(README)


def _write(path, name, values):
    path.write_text(json.dumps({"_class_name": name, "_diffusers_version": VERSION, **values}, indent=2) + "\n")


def _module():
    """The network and its diffusers class in one file that needs nothing of this package."""
    here = Path(__file__).parent
    network, model = ((here / name).read_text() for name in ("unet.py", "diffusers_model.py"))
    model = re.sub(r'^""".*?"""\n', "", model, flags=re.S)
    model = re.sub(r"^from \.unet.*\n", "", model, flags=re.M)
    return f"{network}\n\n{model.strip()}\n"


README = """# A model of the DDPM playground for diffusers

    import sys; sys.path.insert(0, "unet")
    from diffusers import DDPMPipeline, DDPMScheduler
    from playground_unet import PlaygroundUNet

    unet = PlaygroundUNet.from_pretrained("unet")
    scheduler = DDPMScheduler.from_pretrained("scheduler")
    images = DDPMPipeline(unet, scheduler)(batch_size=16, num_inference_steps=scheduler.config.num_train_timesteps).images

The module file is there because `UNet2DModel` cannot express this network: its attention applies a norm that this one
does not, it has no transposed convolutions on the way up, and its skips are laid out another way.
"""

FLOW_README = """# A flow of the DDPM playground for diffusers

    import sys; sys.path.insert(0, "unet")
    import torch
    from diffusers import FlowMatchEulerDiscreteScheduler
    from playground_unet import PlaygroundUNet

    unet = PlaygroundUNet.from_pretrained("unet")
    scheduler = FlowMatchEulerDiscreteScheduler.from_pretrained("scheduler")
    scheduler.set_timesteps(16)
    x = torch.randn(16, unet.config.in_channels, unet.config.sample_size, unet.config.sample_size)
    for t in scheduler.timesteps:
        x = scheduler.step(unet(x, t).sample, t, x).prev_sample

The module file is there because `UNet2DModel` cannot express this network: its attention applies a norm that this one
does not, it has no transposed convolutions on the way up, and its skips are laid out another way.
"""


if __name__ == "__main__":
    explained(main)
