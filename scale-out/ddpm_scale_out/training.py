"""Training of a bundle, the same on one process and on many: every draw depends on (seed, step) and an image's place."""

from contextlib import nullcontext
from dataclasses import dataclass

import torch
from torch.nn.parallel import DistributedDataParallel

from .bundle import Bundle
from .diffusion import Diffusion, is_flow, objective_of
from .learned_variance import bound_loss
from .unet import UNet


@dataclass
class Settings:
    # Images a step in all: of all processes and all accumulated parts.
    batch: int
    learning_rate: float
    ema_decay: float
    class_dropout: float = 0.1
    accumulate: int = 1
    seed: int = 1
    # How t is drawn: uniform or logitNormal.
    time_sampling: str = "uniform"
    # torch.bfloat16 or torch.float16 for mixed precision, None for float32.
    precision: torch.dtype = None


class Trainer:
    """A model in training on `device`. Process `rank` of `world` computes its own share of every batch."""

    def __init__(self, bundle, images, settings, device, rank=0, world=1):
        self.bundle, self.images, self.settings = bundle, images, settings
        self.device, self.rank, self.world = device, rank, world
        self.network = UNet(bundle.config).to(device)
        self.network.load_state_dict(bundle.weights)
        self.network.train()
        self.ema = {name: tensor.to(device) for name, tensor in bundle.ema.items()}
        self.trained = {name: p for name, p in self.network.named_parameters() if p.requires_grad}
        self.optimizer = torch.optim.Adam(self.trained.values(), lr=settings.learning_rate)
        if bundle.step > 0:
            self._restore_moments()
        self.parallel = DistributedDataParallel(self.network) if world > 1 else self.network
        # float16 alone is too narrow for gradients as they are.
        self.scaler = torch.cuda.amp.GradScaler(enabled=settings.precision is torch.float16)
        self.diffusion = Diffusion(bundle.config.get("schedule", "linear"), bundle.config["n_steps"])
        self.target, self.to_eps = objective_of(bundle.config)
        self.step, self.losses = bundle.step, list(bundle.losses)

    def take_step(self):
        """One step of Adam on the whole batch, then EMA; returns the loss of this process's share, on the device."""
        draws = self._draws()
        mine = _share(draws, self.rank, self.world)
        parts = [_share(mine, part, self.settings.accumulate) for part in range(self.settings.accumulate)]
        torch.manual_seed(_mixed(self.settings.seed, self.step, self.rank))
        self.optimizer.zero_grad(set_to_none=True)
        total = torch.zeros((), device=self.device)
        for place, part in enumerate(parts):
            last = place == len(parts) - 1
            # Gradients are summed over the processes once, with the last part.
            with nullcontext() if last or self.world == 1 else self.parallel.no_sync():
                loss = self._loss(part) / len(parts)
                self.scaler.scale(loss).backward()
            total += loss.detach()
        self.scaler.step(self.optimizer)
        self.scaler.update()
        self.step += 1
        self._average()
        return total

    def to_bundle(self):
        """All of it on the CPU, to be written."""
        weights = {name: tensor.detach().cpu() for name, tensor in self.network.state_dict().items()}
        moments = {"exp_avg": dict(self.bundle.m), "exp_avg_sq": dict(self.bundle.v)}
        for name, parameter in self.trained.items():
            for key, moment in moments.items():
                state = self.optimizer.state.get(parameter)
                if state:
                    moment[name] = state[key].detach().cpu()
        ema = {name: tensor.cpu() for name, tensor in self.ema.items()}
        kept = {"random": self.bundle.random, "metadata": {**self.bundle.metadata, "saw_held_out": "true"}}
        # It draws from all images that it is given, those among them that the playground holds out.
        extra = self.bundle.extra
        kept["extra"] = {**extra, "sawHeldOut": True} if isinstance(extra, dict) else extra
        m, v = moments["exp_avg"], moments["exp_avg_sq"]
        return Bundle(self.bundle.config, weights, ema, m, v, self.step, self.losses, **kept)

    def _draws(self):
        """(images' indices, t, ε, whose class is hidden) of the whole batch, the same on every process."""
        settings, config = self.settings, self.bundle.config
        random = torch.Generator().manual_seed(_mixed(settings.seed, self.step, 0))
        n, size = settings.batch, config["image_size"]
        indices = torch.randint(len(self.images), (n,), generator=random)
        t = self._times(n, random)
        noise = torch.randn(n, config["image_channels"], size, size, generator=random)
        hidden = torch.rand(n, generator=random) < settings.class_dropout
        return indices, t, noise, hidden

    def _times(self, n, random):
        """The times at which the network is asked: whole t of 0 … T − 1, or of a flow T·s with s from 0 to 1."""
        steps = self.bundle.config["n_steps"]
        logit_normal = self.settings.time_sampling == "logitNormal"
        if not logit_normal and not is_flow(self.bundle.config):
            return torch.randint(steps, (n,), generator=random)
        places = torch.randn(n, generator=random).sigmoid() if logit_normal else torch.rand(n, generator=random)
        return places * steps if is_flow(self.bundle.config) else (places * steps).long().clamp(max=steps - 1)

    def _levels(self, t):
        """The input of the network is signal · x₀ + spread · ε: √ᾱ_t and √(1−ᾱ_t), or 1 − s and s, as [N,1,1,1]."""
        if not is_flow(self.bundle.config):
            return self.diffusion.signal_and_spread(t)
        s = (t / self.bundle.config["n_steps"])[:, None, None, None]
        return 1 - s, s

    def _loss(self, draws):
        """L_simple = mean (target − f_θ(√ᾱ_t x₀ + √(1−ᾱ_t) ε, t, c))², or mean (ε − x₀ − f_θ((1−s) x₀ + s ε, T·s, c))²; a learned variance adds its part."""
        indices, t, noise, hidden = draws
        x0, labels = self.images.batch(indices)
        labels = torch.where(hidden, torch.full_like(labels, -1), labels)
        x0, t, noise, labels = (tensor.to(self.device, non_blocking=True) for tensor in (x0, t, noise, labels))
        signal, spread = self._levels(t)
        x = signal * x0 + spread * noise
        precision = self.settings.precision
        with torch.autocast(self.device.type, dtype=precision) if precision else nullcontext():
            prediction = self.parallel(x, t, labels)
        prediction, v = prediction.float()[:, : x.shape[1]], prediction.float()[:, x.shape[1] :]
        loss = torch.nn.functional.mse_loss(prediction, self.target(signal, spread, x0, noise))
        if not self.bundle.config.get("learned_variance"):
            return loss
        errors = self.to_eps(signal, spread, x, prediction) - noise
        return loss + bound_loss(self.diffusion, errors, v, x0, t, self.images.white + 1)

    @torch.no_grad()
    def _average(self):
        """d of the first steps k is (1 + k)/(10 + k) where that is less, so that the start is soon forgotten."""
        decay = min(self.settings.ema_decay, (1 + self.step) / (10 + self.step))
        for name, parameter in self.trained.items():
            self.ema[name].lerp_(parameter, 1 - decay)

    def _restore_moments(self):
        for name, parameter in self.trained.items():
            self.optimizer.state[parameter] = {
                "step": torch.tensor(float(self.bundle.step)),
                "exp_avg": self.bundle.m[name].to(self.device),
                "exp_avg_sq": self.bundle.v[name].to(self.device),
            }


def _share(draws, part, parts):
    """The part-th of equally large parts of a batch."""
    size = len(draws[0]) // parts
    return tuple(tensor[part * size : (part + 1) * size] for tensor in draws)


def _mixed(seed, step, rank):
    """One seed of three numbers."""
    return (seed * 1_000_003 + step) * 1009 + rank
