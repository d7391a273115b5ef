# %% A diffusion model in one file
# The model and the settings of a training run of the DDPM playground, in PyTorch. It trains for STEPS steps (set it to 0 to
# sample only) and writes samples to samples.png. It needs torch, numpy, pillow, and two files from the panel Export:
# - __DATA__: the training images
# - __WEIGHTS__: the weights. Without them, training starts from new ones.
import json
import math
import struct
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import nn
from torch.nn import functional as F

DATA, WEIGHTS = Path("__DATA__"), Path("__WEIGHTS__")
CONFIG = __CONFIG__
TRAINING = __TRAINING__
SAMPLING = __SAMPLING__
STEPS, T, CLASSES = TRAINING["steps"], CONFIG["n_steps"], CONFIG["n_classes"]
DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")

# %% Schedule
# betas holds β_t, the variance of the noise that step t adds; alpha_bar holds ᾱ_t = Π (1 − β_s). Steps count from 0.
__SCHEDULE__

betas = __BETAS__.float().to(DEVICE)
alphas, alpha_bar = 1 - betas, torch.cumprod(1 - betas, dim=0)

# %% Network
# The U-Net f_θ(x_t, t), with the parameter names of the exported weights.
__UNET__

# %% Forward process and loss
# The loss is the mean of (target − prediction)²; each image has a time and a noise of its own (Ho et al. 2020, algorithm 1).
def signal_and_spread(t):
    """√ᾱ_t and √(1−ᾱ_t) as [N,1,1,1], so that x_t = √ᾱ_t x₀ + √(1−ᾱ_t) ε."""
    a = alpha_bar[t][:, None, None, None]
    return a.sqrt(), (1 - a).sqrt()

__OBJECTIVE__

def training_loss(network, x0, labels):
    t, eps = __TIMES__, torch.randn_like(x0)
    signal, spread = input_levels(t)
    __PREDICTION__
    errors = (target(signal, spread, x0, eps) - prediction).square().mean(dim=(1, 2, 3))
    return __LOSS__

# %% Data and weights
# A safetensors file is 8 bytes for the length of a JSON header, the header, then the values of all tensors end to end.
def read_images():
    arrays = np.load(DATA)
    levels = torch.from_numpy(arrays["images"]).float()
    x0 = levels.reshape(*levels.shape[:3], -1).permute(0, 3, 1, 2) / (TRAINING["white"] / 2) - 1
    return x0, torch.from_numpy(arrays["labels"].astype(np.int64))

def read_safetensors(path):
    data = Path(path).read_bytes()
    (length,) = struct.unpack_from("<Q", data)
    header, tensors = json.loads(data[8 : 8 + length]), {}
    for name, entry in header.items():
        if name != "__metadata__":
            begin, end = (8 + length + offset for offset in entry["data_offsets"])
            values = np.frombuffer(data[begin:end], {"F32": "<f4", "F16": "<f2", "I32": "<i4"}[entry["dtype"]])
            tensors[name] = torch.from_numpy(values.copy()).reshape(entry["shape"])
    return tensors

def load_network():
    network = UNet(CONFIG).to(DEVICE)
    if WEIGHTS.exists():
        network.load_state_dict({name: tensor.float() for name, tensor in read_safetensors(WEIGHTS).items()})
    return network

# %% Training
# Adam, and an exponential moving average (EMA) of the weights, which gives better samples than those of the last step.
def train(network, average, images, labels):
    optimizer = torch.optim.Adam([p for p in network.parameters() if p.requires_grad], lr=TRAINING["learning_rate"])
    network.train()
    for step in range(1, STEPS + 1):
        batch = torch.randint(len(images), (TRAINING["batch_size"],))
        hidden = torch.rand(len(batch)) < TRAINING["class_dropout"]
        loss = training_loss(network, images[batch].to(DEVICE), labels[batch].masked_fill(hidden, -1).to(DEVICE))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        # A smaller decay at first, so that the average soon forgets the first weights.
        decay = min(TRAINING["ema_decay"], (1 + step) / (10 + step))
        with torch.no_grad():
            for mean, parameter in zip(average.parameters(), network.parameters()):
                mean.lerp_(parameter, 1 - decay)
        if step % 100 == 0 or step == STEPS:
            print(f"step {step} of {STEPS}, loss {loss.item():.4f}")

# %% Sampling
# A step predicts ε and x₀ from x_t, then goes from t to an earlier time s; s = −1 is the image itself.
def predict(network, x, t, labels):
    """ε̂ and x̂₀ for x_t, with classifier-free guidance for images of a class (Ho and Salimans 2022)."""
    t, w = torch.full((len(x),), t, device=DEVICE), SAMPLING["guidance"]
    eps = predict_eps(network, x, t, labels)
    if labels is not None and w > 0:
        eps = (1 + w) * eps - w * predict_eps(network, x, t, None)
    limit = 1.0 if SAMPLING["clip_x0"] else math.inf
    signal, spread = signal_and_spread(t)
    x0 = ((x - spread * eps) / signal).clamp(-limit, limit)
    return (x - signal * x0) / spread, x0

def ddpm_step(x, eps, x0, now, then):
    """x_s = μ̃(x_t, x̂₀) + σ z, now = ᾱ_t, then = ᾱ_s (Ho et al. 2020, algorithm 2 and equation 7)."""
    alpha, beta = now / then, 1 - now / then
    mean = (then.sqrt() * beta * x0 + alpha.sqrt() * (1 - then) * x) / (1 - now)
    variance = beta if SAMPLING["variance"] == "beta" else beta * (1 - then) / (1 - now)
    return mean + variance.sqrt() * torch.randn_like(x) if then < 1 or SAMPLING["noise_at_end"] else mean

def ddim_step(x, eps, x0, now, then):
    """x_s = √ᾱ_s x̂₀ + √(1−ᾱ_s−σ²) ε̂ + σ z (Song et al. 2021, equation 12)."""
    variance = SAMPLING["eta"] ** 2 * (1 - then) / (1 - now) * (1 - now / then)
    return then.sqrt() * x0 + (1 - then - variance).clamp(min=0).sqrt() * eps + variance.sqrt() * torch.randn_like(x)

@torch.no_grad()
def sample(network, step):
    """Images [N,C,H,W] in [−1, 1] from noise."""
    network.eval()
    count, taken, size = SAMPLING["count"], SAMPLING["steps"], CONFIG["image_size"]
    labels = torch.arange(count, device=DEVICE) % CLASSES if CLASSES > 0 else None
    x = torch.randn(count, CONFIG["image_channels"], size, size, device=DEVICE)
    times = [round((T - 1) * (1 - i / max(1, taken - 1))) for i in range(taken)]
    for t, s in zip(times, times[1:] + [-1]):
        x = step(x, *predict(network, x, t, labels), alpha_bar[t], alpha_bar[s] if s >= 0 else torch.ones_like(betas[0]))
    return x.clamp(-1, 1)

# %% Train and sample
# The images stand side by side in samples.png; trained.pt holds the average of the trained weights.
if __name__ == "__main__":
    torch.manual_seed(TRAINING["seed"])
    network, average = load_network(), UNet(CONFIG).to(DEVICE)
    average.load_state_dict(network.state_dict())
    if STEPS > 0:
        train(network, average, *read_images())
        torch.save(average.state_dict(), "trained.pt")
    torch.manual_seed(SAMPLING["seed"])
    images = sample(average, ddpm_step if SAMPLING["sampler"] == "ddpm" else ddim_step)
    row = ((images + 1) * 127.5).round().byte().cpu().permute(2, 0, 3, 1).flatten(1, 2).numpy()
    Image.fromarray(row[..., 0] if CONFIG["image_channels"] == 1 else row).save("samples.png")
