"""The reference UNet of the annotated DDPM in PyTorch, by the names that our model files use."""

import math

import torch
from torch import nn
from torch.nn import functional as F


class Attention(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.norm = nn.GroupNorm(min(32, channels), channels)  # a parameter of the reference that it never applies
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
        self.attn = Attention(outputs) if attention else nn.Identity()

    def forward(self, x, t):
        return self.attn(self.res(x, t))


class Middle(nn.Module):
    def __init__(self, channels, time_channels, groups, dropout):
        super().__init__()
        self.res1 = Residual(channels, channels, time_channels, groups, dropout)
        self.attn = Attention(channels)
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
    """ε_θ(x_t, t): x [N,C,H,W] float32, t [N] int → [N,C,H,W]. `config` as in a model file's metadata."""

    def __init__(self, config):
        super().__init__()
        n, mults, attn, blocks = (config[k] for k in ("n_channels", "ch_mults", "is_attn", "n_blocks"))
        groups, dropout = config.get("n_groups", 32), config.get("dropout", 0.1)
        time = n * 4
        self.image_proj = nn.Conv2d(config["image_channels"], n, 3, padding=1)
        self.time_emb = TimeEmbedding(time)
        down, channels = [], n
        for i, mult in enumerate(mults):
            for _ in range(blocks):
                down.append(Block(channels, channels * mult if _ == 0 else channels, time, attn[i], groups, dropout))
                channels = channels * mult if _ == 0 else channels
            if i < len(mults) - 1:
                down.append(Resample(channels, up=False))
        self.down = nn.ModuleList(down)
        self.middle = Middle(channels, time, groups, dropout)
        up = []
        for i in reversed(range(len(mults))):
            out = channels // mults[i]
            for _ in range(blocks):
                up.append(Block(2 * channels, channels, time, attn[i], groups, dropout))
            up.append(Block(channels + out, out, time, attn[i], groups, dropout))
            channels = out
            if i > 0:
                up.append(Resample(channels, up=True))
        self.up = nn.ModuleList(up)
        self.norm = nn.GroupNorm(config.get("n_final_groups", 8), n)
        self.final = nn.Conv2d(n, config["image_channels"], 3, padding=1)

    def forward(self, x, t):
        t = self.time_emb(t)
        x = self.image_proj(x)
        skips = [x]
        for layer in self.down:
            x = layer(x, t)
            skips.append(x)
        x = self.middle(x, t)
        for layer in self.up:
            x = layer(x, t) if isinstance(layer, Resample) else layer(torch.cat((x, skips.pop()), dim=1), t)
        return self.final(F.silu(self.norm(x)))
