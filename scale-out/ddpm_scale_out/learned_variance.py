"""A learned variance: v beside the prediction, and its part of L_hybrid (Nichol & Dhariwal 2021, eq. 15 and 16)."""

import math

import torch

LAMBDA = 0.001
# −ln of a share below it is not told apart.
LEAST_SHARE = 1e-12


def bound_loss(diffusion, errors, v, x0, t, levels):
    """λ T L_{t−1} in bits a dimension, averaged: `errors` = ε̂ − ε [N,C,H,W] without their gradient, v of the same shape."""
    low, high = (tensor[:, None, None, None] for tensor in log_variance_range(diffusion, t))
    log_variance = low + (v + 1) / 2 * (high - low)
    column = diffusion.at(t)
    difference = -column("betas") / (column("alphas") * (1 - column("alpha_bar"))).sqrt() * errors.detach()
    divergence = log_variance - low - 1 + (low - log_variance).exp() + difference**2 * (-log_variance).exp()
    surprise = -_share_of_bin(x0, difference, (-log_variance / 2).exp(), 1 / (levels - 1)).clamp(min=LEAST_SHARE).log()
    nats = torch.where(t[:, None, None, None] == 0, surprise, divergence / 2)
    return LAMBDA * diffusion.n_steps / math.log(2) * nats.mean()


def log_variance_range(diffusion, t):
    """(ln β̃_t, ln β_t) [N]; of β̃ the first is 0, and the second stands in for it."""
    later = t.clamp(min=1)
    alpha_bar, betas = (tensor.to(t.device) for tensor in (diffusion.alpha_bar, diffusion.betas))
    beta_tilde = betas[later] * (1 - alpha_bar[later - 1]) / (1 - alpha_bar[later])
    return beta_tilde.log(), betas[t].log()


def _share_of_bin(x0, difference, scale, half):
    """The share of N(μ, σ²) in the bin of x₀; the outer bins reach to infinity (Ho et al. 2020, eq. 13)."""
    above, below = _normal_cdf((half - difference) * scale), _normal_cdf((-half - difference) * scale)
    above = torch.where(x0 > 1 - half, torch.ones_like(above), above)
    return above - torch.where(x0 < half - 1, torch.zeros_like(below), below)


def _normal_cdf(x):
    """Φ by the approximation that the playground trains with."""
    return 0.5 * (1 + (math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)).clamp(-15, 15).tanh())
