"""A training run as the page's view Runs keeps it: its facts and its curves, as JSON holds them."""

import base64
import math

import torch

HEAD, MOST_INTERVALS, MOST_TIMES, MOST_SAMPLES = 32, 2048, 512, 24

MODEL_FIELDS = {
    "imageChannels": ("image_channels", None),
    "imageSize": ("image_size", None),
    "nChannels": ("n_channels", None),
    "chMults": ("ch_mults", None),
    "isAttn": ("is_attn", None),
    "nBlocks": ("n_blocks", None),
    "nSteps": ("n_steps", None),
    "nGroups": ("n_groups", 32),
    "nFinalGroups": ("n_final_groups", 8),
    "dropout": ("dropout", 0.1),
    "nClasses": ("n_classes", 0),
    "schedule": ("schedule", "linear"),
    "objective": ("objective", "epsilon"),
}


def page_settings(config, settings, steps):
    """The settings of a run by the page's names."""
    model = {name: config.get(key, usual) for name, (key, usual) in MODEL_FIELDS.items()}
    training = {
        "batchSize": settings.batch,
        "learningRate": settings.learning_rate,
        "emaDecay": settings.ema_decay,
        "classDropout": settings.class_dropout,
        "steps": steps,
        "preview": {"count": 16, "samplerSteps": 25, "seed": 1},
    }
    return {"model": model, "training": training, "seed": settings.seed}


def setting_marks(before, after, step):
    """What was changed of the settings where a run goes on at a step."""
    names = ("batchSize", "learningRate", "emaDecay", "classDropout")
    old, new = before["training"], after["training"]
    changed = [name for name in names if old.get(name) != new[name]]
    return [{"path": f"training.{name}", "before": old.get(name), "after": new[name], "step": step} for name in changed]


def settings_after(settings, marks):
    """The settings of a run after the marks on its way."""
    training = dict(settings["training"])
    for mark in marks:
        training[mark["path"].split(".")[-1]] = mark.get("after")
    return {**settings, "training": training}


def thinned_losses(losses, step):
    """The losses in intervals of equally many steps: at most 2,048, each a power of two long."""
    interval = 1
    while len(losses) > MOST_INTERVALS * interval:
        interval *= 2
    parts = [losses[first : first + interval] for first in range(0, len(losses), interval)]
    of = {name: [rounded(take(part)) for part in parts] for name, take in (("mean", mean), ("least", min), ("greatest", max))}
    return {"before": step - len(losses), "end": step, "interval": interval, **of}


def kept_sample(step, images):
    """[N,C,H,W] in [−1, 1] as bytes NHWC."""
    count, channels, size, _ = images.shape
    levels = ((images.clamp(-1, 1) + 1) * 127.5).round().byte().cpu().permute(0, 2, 3, 1).contiguous()
    text = base64.urlsafe_b64encode(bytes(levels.flatten().tolist())).decode().rstrip("=")
    return {"step": step, "count": count, "size": size, "channels": channels, "images": text}


def with_sample(samples, newest):
    """With a newer one; of every interval of w steps the first stays, w the least 10·2^k that keeps few enough."""
    every = [one for one in samples if one["step"] < newest["step"]] + [newest]
    width = 1
    while True:
        slots = [one["step"] // width for one in every]
        kept = [one for i, one in enumerate(every) if one is newest or i == 0 or slots[i] != slots[i - 1]]
        if len(kept) <= MOST_SAMPLES:
            return kept
        width = 10 if width == 1 else 2 * width


def with_time(times, step, seconds):
    """The time after a step; with more than 512, every other one is dropped."""
    times = [one for one in times if one["step"] < step] + [{"step": step, "seconds": round(seconds, 3)}]
    return times if len(times) <= MOST_TIMES else times[:1] + times[1::2]


def mean(values):
    return sum(values) / len(values)


def rounded(value):
    """Six digits: what a float32 is worth as text. JSON has no NaN."""
    return float(f"{value:.6g}") if math.isfinite(value) else None


def same_beginning(head, losses):
    """Whether losses go on with a head, to the last bit of a float32."""
    both = list(zip(head, losses))
    return len(both) > 0 and torch.equal(*(torch.tensor(one, dtype=torch.float32) for one in zip(*both)))
