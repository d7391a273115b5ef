"""python -m ddpm_scale_out.sample --bundle model.safetensors --out grid.png"""

import argparse
import math

import torch

from .bundle import read_bundle
from .errors import UserError, explained
from .sampling import sample
from .unet import UNet


def main():
    parser = argparse.ArgumentParser(prog="ddpm_scale_out.sample", description="Draws a grid of images.")
    parser.add_argument("--bundle", required=True, help="model or training state; its EMA weights draw")
    parser.add_argument("--out", required=True, help="gets the grid, a PNG")
    parser.add_argument("--count", type=int, default=64, help="number of images (64)")
    parser.add_argument("--steps", type=int, default=50, help="steps of the reverse process (50)")
    parser.add_argument("--sampler", choices=["ddim", "ancestral"], default="ddim")
    parser.add_argument("--class", dest="label", type=int, default=-1, help="class of a conditional model; −1 for none")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scale", type=int, default=4, help="pixels of the grid a pixel of an image (4)")
    options = parser.parse_args()
    if options.count < 1 or options.steps < 1 or options.scale < 1:
        raise UserError("--count, --steps and --scale must be at least 1.")
    bundle = read_bundle(options.bundle)
    classes = bundle.config.get("n_classes", 0)
    if not -1 <= options.label < max(1, classes) or (classes == 0 and options.label >= 0):
        raise UserError(f"--class {options.label}: the model has {classes} classes.")
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    network = UNet(bundle.config).to(device).eval()
    network.load_state_dict(bundle.ema)
    labels = torch.full((options.count,), options.label, device=device)
    arguments = (options.count, options.steps, options.sampler, options.seed, device, labels)
    write_grid(options.out, sample(network, bundle.config, *arguments), options.scale)


def write_grid(path, images, scale):
    """[N,C,H,W] in [−1, 1] as a PNG of about as many columns as rows."""
    try:
        from PIL import Image
    except ImportError:
        raise UserError("Writing a PNG needs Pillow: pip install pillow.") from None
    levels = ((images.clamp(-1, 1) + 1) * 127.5).round().byte().cpu()
    n, c, h, w = levels.shape
    columns = math.ceil(math.sqrt(n))
    rows = math.ceil(n / columns)
    grid = torch.zeros(c, rows * (h + 1) - 1, columns * (w + 1) - 1, dtype=torch.uint8)
    for place, image in enumerate(levels):
        top, left = place // columns * (h + 1), place % columns * (w + 1)
        grid[:, top : top + h, left : left + w] = image
    grid = grid.repeat_interleave(scale, 1).repeat_interleave(scale, 2)
    image = grid[0].numpy() if c == 1 else grid[:3].permute(1, 2, 0).contiguous().numpy()
    Image.fromarray(image).save(path)


if __name__ == "__main__":
    explained(main)
