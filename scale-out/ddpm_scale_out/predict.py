"""python -m ddpm_scale_out.predict --bundle model.safetensors --inputs in.safetensors --out out.safetensors: ε̂ for x and t."""

import argparse

import torch

from .bundle import read_bundle
from .diffusion import Diffusion, eps_of
from .errors import UserError, explained
from .tensor_file import read_tensors, write_tensors
from .unet import UNet


@torch.no_grad()
def main():
    parser = argparse.ArgumentParser(prog="ddpm_scale_out.predict", description="Predicts the noise in images.")
    parser.add_argument("--bundle", required=True)
    parser.add_argument("--inputs", required=True, help="safetensors with x [N,C,H,W] and t [N]")
    parser.add_argument("--out", required=True, help="gets eps [N,C,H,W]")
    parser.add_argument("--weights", choices=["raw", "ema"], default="raw")
    options = parser.parse_args()
    bundle = read_bundle(options.bundle)
    inputs, _ = read_tensors(options.inputs)
    if "x" not in inputs or "t" not in inputs:
        raise UserError(f"{options.inputs} must hold 'x' and 't'.")
    network = UNet(bundle.config).eval()
    network.load_state_dict(bundle.weights if options.weights == "raw" else bundle.ema)
    x, t = inputs["x"].float(), inputs["t"].long()
    diffusion = Diffusion(bundle.config.get("schedule", "linear"), bundle.config["n_steps"])
    eps = eps_of(network, bundle.config, diffusion, x, t)
    write_tensors(options.out, {"eps": eps}, {})


if __name__ == "__main__":
    explained(main)
