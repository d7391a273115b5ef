"""Schedules, objectives and the constants of the diffusion, by the ids that model files use. t counts from 0."""

import math

import torch

from .errors import UserError


def linear_betas(n_steps):
    return torch.linspace(1e-4, 0.02, n_steps, dtype=torch.float64)


def _betas_from_alpha_bar(n_steps, alpha_bar):
    """β_t = 1 − ᾱ((t+1)/T)/ᾱ(t/T), at most 0.999."""
    betas = [min(1 - alpha_bar((t + 1) / n_steps) / alpha_bar(t / n_steps), 0.999) for t in range(n_steps)]
    return torch.tensor(betas, dtype=torch.float64)


def cosine_betas(n_steps):
    return _betas_from_alpha_bar(n_steps, lambda u: math.cos((u + 0.008) / 1.008 * math.pi / 2) ** 2)


def sigmoid_betas(n_steps):
    def sigmoid(x):
        return 1 / (1 + math.exp(-x))

    span = sigmoid(3) - sigmoid(-3)
    return _betas_from_alpha_bar(n_steps, lambda u: (sigmoid(3) - sigmoid(6 * u - 3)) / span)


SCHEDULES = {"linear": linear_betas, "cosine": cosine_betas, "sigmoid": sigmoid_betas}


class Diffusion:
    """β, α, ᾱ of T steps as float32 [T]."""

    def __init__(self, schedule, n_steps):
        if schedule not in SCHEDULES:
            known = ", ".join(SCHEDULES)
            raise UserError(f"The schedule '{schedule}' is not known here; there are: {known}.")
        self.n_steps = n_steps
        self.betas = SCHEDULES[schedule](n_steps).float()
        self.alphas = 1 - self.betas
        self.alpha_bar = torch.cumprod(self.alphas, dim=0)

    def signal_and_spread(self, t):
        """√ᾱ_t and √(1−ᾱ_t) as [N,1,1,1], for t [N] of any device."""
        alpha_bar = self.alpha_bar.to(t.device)[t][:, None, None, None]
        return alpha_bar.sqrt(), (1 - alpha_bar).sqrt()

    def q_sample(self, x0, t, noise):
        """x_t = √ᾱ_t x₀ + √(1−ᾱ_t) ε."""
        signal, spread = self.signal_and_spread(t)
        return signal * x0 + spread * noise


# What the network predicts: its target from (x0, eps), and eps from (x_t, prediction), with s = √ᾱ_t and n = √(1−ᾱ_t).
OBJECTIVES = {
    "epsilon": (lambda s, n, x0, eps: eps, lambda s, n, x, prediction: prediction),
    "x0": (lambda s, n, x0, eps: x0, lambda s, n, x, prediction: (x - s * prediction) / n),
    "v": (lambda s, n, x0, eps: s * eps - n * x0, lambda s, n, x, prediction: n * x + s * prediction),
}


def objective_of(config):
    """(target, to_eps) of a config. Throws UserError for an unknown id."""
    name = config.get("objective", "epsilon")
    if name not in OBJECTIVES:
        raise UserError(f"The objective '{name}' is not known here; there are: {', '.join(OBJECTIVES)}.")
    return OBJECTIVES[name]
