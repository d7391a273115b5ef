"""The U-Net of the annotated DDPM, by the names that model files use; classes and groups are the playground's additions."""

import math

import torch
from torch import nn
from torch.nn import functional as F


class Attention(nn.Module):
    def __init__(self, channels, groups):
        super().__init__()
        self.norm = nn.GroupNorm(math.gcd(groups, channels), channels)
        # The reference has this norm but never applies it.
        self.norm.requires_grad_(False)
        self.projection = nn.Linear(channels, 3 * channels)
        self.output = nn.Linear(channels, channels)
        self.scale = channels**-0.5

    def forward(self, x):
        n, c, h, w = x.shape
        rows = x.view(n, c, -1).permute(0, 2, 1)
        q, k, v = self.projection(rows).chunk(3, dim=-1)
        weights = (torch.einsum("bid,bjd->bij", q, k) * self.scale).softmax(dim=2)
        rows = self.output(torch.einsum("bij,bjd->bid", weights, v)) + rows
        return rows.permute(0, 2, 1).reshape(n, c, h, w)


class Residual(nn.Module):
    def __init__(self, inputs, outputs, time_channels, groups, dropout):
        super().__init__()
        self.norm1 = nn.GroupNorm(groups, inputs)
        self.conv1 = nn.Conv2d(inputs, outputs, 3, padding=1)
        self.norm2 = nn.GroupNorm(groups, outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, padding=1)
        self.shortcut = nn.Conv2d(inputs, outputs, 1) if inputs != outputs else nn.Identity()
        self.time_emb = nn.Linear(time_channels, outputs)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x, t):
        h = self.conv1(F.silu(self.norm1(x))) + self.time_emb(F.silu(t))[:, :, None, None]
        return self.conv2(self.dropout(F.silu(self.norm2(h)))) + self.shortcut(x)


class Block(nn.Module):
    def __init__(self, inputs, outputs, time_channels, attention, groups, dropout):
        super().__init__()
        self.res = Residual(inputs, outputs, time_channels, groups, dropout)
        self.attn = Attention(outputs, groups) if attention else nn.Identity()

    def forward(self, x, t):
        return self.attn(self.res(x, t))


class Middle(nn.Module):
    def __init__(self, channels, time_channels, groups, dropout):
        super().__init__()
        self.res1 = Residual(channels, channels, time_channels, groups, dropout)
        self.attn = Attention(channels, groups)
        self.res2 = Residual(channels, channels, time_channels, groups, dropout)

    def forward(self, x, t):
        return self.res2(self.attn(self.res1(x, t)), t)


class Resample(nn.Module):
    def __init__(self, channels, up):
        super().__init__()
        self.conv = nn.ConvTranspose2d(channels, channels, 4, 2, 1) if up else nn.Conv2d(channels, channels, 3, 2, 1)

    def forward(self, x, _):
        return self.conv(x)


class TimeEmbedding(nn.Module):
    """Sine, then cosine of t·exp(−k·ln(10⁴)/(half−1)), Linear, SiLU, Linear: t [N] → [N, channels]."""

    def __init__(self, channels):
        super().__init__()
        self.half = channels // 8
        self.lin1 = nn.Linear(channels // 4, channels)
        self.lin2 = nn.Linear(channels, channels)

    def forward(self, t):
        k = torch.arange(self.half, device=t.device) * -(math.log(10_000) / (self.half - 1))
        phase = t[:, None] * torch.exp(k)[None, :]
        return self.lin2(F.silu(self.lin1(torch.cat((phase.sin(), phase.cos()), dim=1))))


class UNet(nn.Module):
    """f_θ(x_t, t, c): x [N,C,H,W], t [N] int, labels [N] int (−1 for none) → [N,C,H,W], or [N,2C,H,W] with a learned variance. `config` as in a model file."""

    def __init__(self, config):
        super().__init__()
        n, mults, attention, blocks = (config[key] for key in ("n_channels", "ch_mults", "is_attn", "n_blocks"))
        groups, dropout = config.get("n_groups", 32), config.get("dropout", 0.1)
        self.n_classes = config.get("n_classes", 0)
        time = 4 * n
        self.image_proj = nn.Conv2d(config["image_channels"], n, 3, padding=1)
        self.time_emb = TimeEmbedding(time)
        if self.n_classes > 0:
            # Its last column stands for "no class".
            self.class_emb = nn.Linear(self.n_classes + 1, time)
        down, channels = [], n
        for level, mult in enumerate(mults):
            outputs = channels * mult
            for _ in range(blocks):
                down.append(Block(channels, outputs, time, attention[level], groups, dropout))
                channels = outputs
            if level < len(mults) - 1:
                down.append(Resample(channels, up=False))
        self.down = nn.ModuleList(down)
        self.middle = Middle(channels, time, groups, dropout)
        up = []
        for level in reversed(range(len(mults))):
            outputs = channels // mults[level]
            for _ in range(blocks):
                up.append(Block(2 * channels, channels, time, attention[level], groups, dropout))
            up.append(Block(channels + outputs, outputs, time, attention[level], groups, dropout))
            channels = outputs
            if level > 0:
                up.append(Resample(channels, up=True))
        self.up = nn.ModuleList(up)
        self.norm = nn.GroupNorm(config.get("n_final_groups", 8), n)
        self.final = nn.Conv2d(n, config["image_channels"] * (2 if config.get("learned_variance") else 1), 3, padding=1)

    def forward(self, x, t, labels=None):
        embedding = self.time_emb(t)
        if self.n_classes > 0:
            labels = torch.full_like(t, -1) if labels is None else labels
            column = torch.where(labels < 0, torch.full_like(labels, self.n_classes), labels).long()
            embedding = embedding + self.class_emb(F.one_hot(column, self.n_classes + 1).to(embedding.dtype))
        x = self.image_proj(x)
        skips = [x]
        for layer in self.down:
            x = layer(x, embedding)
            skips.append(x)
        x = self.middle(x, embedding)
        for layer in self.up:
            x = x if isinstance(layer, Resample) else torch.cat((x, skips.pop()), dim=1)
            x = layer(x, embedding)
        return self.final(F.silu(self.norm(x)))
