"""The reverse process: DDIM at η = 0, and the ancestral sampler of the paper."""

import torch

from .diffusion import Diffusion, eps_of


@torch.no_grad()
def sample(network, config, count, steps, sampler, seed, device, labels=None):
    """Images [count,C,H,W] in [−1, 1] from noise of `seed`; `steps` of T are taken, `labels` [count] or none."""
    diffusion = Diffusion(config.get("schedule", "linear"), config["n_steps"])
    random = torch.Generator().manual_seed(seed)
    shape = (count, config["image_channels"], config["image_size"], config["image_size"])
    x = torch.randn(shape, generator=random).to(device)
    visited = _timesteps(config["n_steps"], steps)
    for t, previous in zip(visited, visited[1:] + [-1]):
        now_t = torch.full((count,), t, device=device)
        signal, spread = diffusion.signal_and_spread(now_t)
        eps = eps_of(network, config, diffusion, x, now_t, labels)
        x0 = ((x - spread * eps) / signal).clamp(-1, 1)
        eps = (x - signal * x0) / spread
        before = float(diffusion.alpha_bar[previous]) if previous >= 0 else 1.0
        now = float(diffusion.alpha_bar[t])
        # β̃ of the jump: the variance of q(x_s | x_t, x₀).
        variance = (1 - before) / (1 - now) * (1 - now / before) if sampler == "ancestral" else 0.0
        x = before**0.5 * x0 + max(0.0, 1 - before - variance) ** 0.5 * eps
        if variance > 0:
            x = x + variance**0.5 * torch.randn(shape, generator=random).to(device)
    return x


def _timesteps(n_steps, count):
    """`count` steps spread evenly over 0 … T−1, from the last to the first."""
    if count >= n_steps:
        return list(range(n_steps - 1, -1, -1))
    if count <= 1:
        return [n_steps - 1]
    return [round((n_steps - 1) * (count - 1 - i) / (count - 1)) for i in range(count)]
