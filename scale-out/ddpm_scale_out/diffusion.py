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


def zero_terminal_betas(n_steps):
    """√ᾱ of the linear schedule, shifted and scaled to end at 2⁻¹² (Lin et al. 2023, algorithm 1)."""
    end = 2**-12
    roots = torch.cumprod(1 - linear_betas(n_steps), dim=0).sqrt()
    roots = end + (roots - roots[-1]) * (roots[0] - end) / (roots[0] - roots[-1])
    alpha_bar = torch.cat((torch.ones(1, dtype=torch.float64), roots**2))
    return 1 - alpha_bar[1:] / alpha_bar[:-1]


def straight_betas(n_steps):
    """ᾱ of the straight line (1 − s) x₀ + s ε at s = (t + ½)/T."""
    s = (torch.arange(n_steps, dtype=torch.float64) + 0.5) / n_steps
    alpha_bar = (1 - s) ** 2 / ((1 - s) ** 2 + s**2)
    return 1 - alpha_bar / torch.cat((torch.ones(1, dtype=torch.float64), alpha_bar[:-1]))


def drawn_betas(points, n_steps):
    """ᾱ through `points` at u = 1/n, 2/n … 1 and 1 at 0: cubic pieces that never rise (Fritsch and Butland 1984)."""
    values = [1.0, *points]
    last = len(values) - 1
    slopes = [values[i + 1] - values[i] for i in range(last)]
    inner = [2 * a * b / (a + b) if a * b > 0 else 0.0 for a, b in zip(slopes, slopes[1:])]
    tangents = [slopes[0], *inner, slopes[-1]]

    def alpha_bar(u):
        place = min(max(u, 0.0), 1.0) * last
        i = min(last - 1, int(place))
        s = place - i
        left = values[i] * (1 + 2 * s) * (1 - s) ** 2 + tangents[i] * s * (1 - s) ** 2
        return left + values[i + 1] * s * s * (3 - 2 * s) + tangents[i + 1] * s * s * (s - 1)

    return _betas_from_alpha_bar(n_steps, alpha_bar)


SCHEDULES = {
    "linear": linear_betas,
    "cosine": cosine_betas,
    "sigmoid": sigmoid_betas,
    "zeroTerminal": zero_terminal_betas,
    "straight": straight_betas,
}


def schedule_betas(schedule, n_steps):
    """β [T] of a schedule of the table, or of one that was drawn: "drawn:" and ᾱ at its points."""
    if schedule in SCHEDULES:
        return SCHEDULES[schedule](n_steps)
    try:
        points = [float(value) for value in schedule.removeprefix("drawn:").split(",")]
    except ValueError:
        points = []
    if not schedule.startswith("drawn:") or not points:
        raise UserError(f"The schedule '{schedule}' is not known here; there are: {', '.join(SCHEDULES)}, and drawn ones.")
    return drawn_betas(points, n_steps)


class Diffusion:
    """β, α, ᾱ of T steps as float32 [T]."""

    def __init__(self, schedule, n_steps):
        self.n_steps = n_steps
        self.betas = schedule_betas(schedule, n_steps).float()
        self.alphas = 1 - self.betas
        self.alpha_bar = torch.cumprod(self.alphas, dim=0)

    def signal_and_spread(self, t):
        """√ᾱ_t and √(1−ᾱ_t) as [N,1,1,1], for t [N] of any device."""
        alpha_bar = self.alpha_bar.to(t.device)[t][:, None, None, None]
        return alpha_bar.sqrt(), (1 - alpha_bar).sqrt()

    def at(self, t):
        """Constants by name for t [N], as [N,1,1,1] on its device."""
        return lambda name: getattr(self, name).to(t.device)[t][:, None, None, None]

    def q_sample(self, x0, t, noise):
        """x_t = √ᾱ_t x₀ + √(1−ᾱ_t) ε."""
        signal, spread = self.signal_and_spread(t)
        return signal * x0 + spread * noise


# What the network predicts: its target from (x0, eps), and eps from (x_t, prediction), with s = √ᾱ_t and n = √(1−ᾱ_t).
OBJECTIVES = {
    "epsilon": (lambda s, n, x0, eps: eps, lambda s, n, x, prediction: prediction),
    "x0": (lambda s, n, x0, eps: x0, lambda s, n, x, prediction: (x - s * prediction) / n),
    "v": (lambda s, n, x0, eps: s * eps - n * x0, lambda s, n, x, prediction: n * x + s * prediction),
    "flow": (lambda s, n, x0, eps: eps - x0, lambda s, n, x, prediction: (x + s * prediction) / (s + n)),
}
# The schedule that choosing an objective brings where a flow becomes a diffusion or back.
SCHEDULE_OF = {"flow": "straight"}


def objective_of(config):
    """(target, to_eps) of a config. Throws UserError for an unknown id."""
    name = config.get("objective", "epsilon")
    if name not in OBJECTIVES:
        raise UserError(f"The objective '{name}' is not known here; there are: {', '.join(OBJECTIVES)}.")
    return OBJECTIVES[name]


def is_flow(config):
    """Whether the network is asked about x_s = (1 − s) x₀ + s ε at T·s (Liu et al. 2022), not about x_t at t."""
    return config.get("objective", "epsilon") == "flow"


def eps_of(network, config, diffusion, x, t, labels=None):
    """ε̂ [N,C,H,W] for x_t and whole t [N], whatever the network predicts."""
    signal, spread = diffusion.signal_and_spread(t)
    _, to_eps = objective_of(config)
    if not is_flow(config):
        return to_eps(signal, spread, x, network(x, t, labels)[:, : x.shape[1]])
    scale = 1 / (signal + spread)
    time = (scale * spread).flatten() * config["n_steps"]
    return to_eps(signal, spread, x, network(scale * x, time, labels))


def with_objective(config, objective):
    """A config that predicts something else. Throws UserError where its schedule does not allow that."""
    changed = {**config, "objective": objective}
    if is_flow(changed) != is_flow(config):
        changed["schedule"] = SCHEDULE_OF.get(objective, "linear")
    if is_flow(changed) and config.get("learned_variance"):
        raise UserError("A flow has no variance to learn, and this model has learned one: take epsilon, x0 or v.")
    if objective == "epsilon" and changed.get("schedule") in ("zeroTerminal", "straight"):
        raise UserError("This schedule ends in pure noise, where ε tells nothing about the image: predict v or x0.")
    return changed
