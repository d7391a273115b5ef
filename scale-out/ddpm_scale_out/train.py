"""torchrun --nproc_per_node N -m ddpm_scale_out.train --bundle model.safetensors --data folder --out model.safetensors"""

import argparse
import os
import signal
import sys
import time

import torch
import torch.distributed as dist

from .bundle import begin_anew, begin_with, read_bundle, write_bundle
from .data import read_images
from .diffusion import OBJECTIVES
from .errors import UserError, explained
from .recipe import read_recipe
from .run_log import RunLog
from .training import Settings, Trainer

READ_EVERY = 10
PRECISIONS = {"f32": None, "bf16": torch.bfloat16, "f16": torch.float16}


def arguments():
    description = "Goes on training a bundle, or begins by a recipe."
    parser = argparse.ArgumentParser(prog="ddpm_scale_out.train", description=description)
    start = parser.add_mutually_exclusive_group(required=True)
    start.add_argument("--bundle", help="model or training state of the playground")
    start.add_argument("--recipe", help="JSON: the config of a new model, and `training` with options such as these")
    parser.add_argument("--data", required=True, help="folder of images, .npz, or a data set of the playground (.zip)")
    parser.add_argument("--out", required=True, help="gets the bundle; where it exists already, training goes on from it")
    parser.add_argument("--steps", type=int, help="steps that the model shall have taken in the end")
    parser.add_argument("--batch", type=int, default=64, help="images a step, of all processes together (64)")
    parser.add_argument("--accumulate", type=int, default=1, help="parts that each process computes one after another (1)")
    parser.add_argument("--learning-rate", type=float, default=2e-4, help="of Adam (0.0002)")
    parser.add_argument("--ema-decay", type=float, default=0.999, help="of the moving average of the weights (0.999)")
    parser.add_argument("--class-dropout", type=float, default=0.1, help="share of images whose class is hidden (0.1)")
    parser.add_argument("--objective", choices=list(OBJECTIVES), help="another one than the bundle's starts a new run from its weights")
    parser.add_argument("--time-sampling", choices=["uniform", "logitNormal"], default="uniform", help="how t is drawn (uniform)")
    parser.add_argument("--precision", choices=["auto", *PRECISIONS], default="auto", help="auto: bf16 where the GPU has it")
    parser.add_argument("--save-every", type=int, default=500, help="steps between two checkpoints (500)")
    parser.add_argument("--log", help="folder that gets the log of the run: losses, samples, and events of TensorBoard")
    parser.add_argument("--log-every", type=int, default=10, help="steps between two lines of the log (10)")
    parser.add_argument("--sample-every", type=int, default=500, help="steps between two sets of samples in the log (500)")
    parser.add_argument("--seed", type=int, default=1, help="decides batches, t and noise (1)")
    parser.add_argument("--fresh", action="store_true", help="begin anew even where --out exists")
    options = parser.parse_args()
    options.config = None
    if options.recipe:
        options.config, training = read_recipe(options.recipe)
        # What is said on the command line goes before what the recipe says.
        parser.set_defaults(**training)
        options = parser.parse_args(namespace=argparse.Namespace(config=options.config))
    if options.steps is None:
        raise UserError("--steps is missing: how many steps shall the model have taken in the end?")
    return options


def main():
    options = arguments()
    rank, world = int(os.environ.get("RANK", 0)), int(os.environ.get("WORLD_SIZE", 1))
    device = _device()
    if world > 1:
        dist.init_process_group("nccl" if device.type == "cuda" else "gloo")
    try:
        _train(options, device, rank, world)
    finally:
        if world > 1:
            dist.destroy_process_group()


def _train(options, device, rank, world):
    _check(options, world)
    resumes = os.path.exists(options.out) and not options.fresh
    anew = options.config is not None and not resumes
    bundle = begin_anew(options.config, options.seed) if anew else read_bundle(options.out if resumes else options.bundle)
    if options.objective not in (None, bundle.config.get("objective", "epsilon")):
        if resumes:
            raise UserError(f"{options.out} predicts another objective than {options.objective}: name another --out.")
        bundle = begin_with(bundle, options.objective)
    images = read_images(options.data, bundle.config)
    keys = ("batch", "learning_rate", "ema_decay", "class_dropout", "accumulate", "seed", "time_sampling")
    settings = Settings(**{key: getattr(options, key) for key in keys}, precision=_precision(options, device))
    trainer = Trainer(bundle, images, settings, device, rank, world)
    if rank == 0:
        verb = "Goes on" if resumes else "Begins"
        print(f"{verb} at step {trainer.step}: {len(images)} images, {world} × {device}.", flush=True)
        if trainer.step >= options.steps:
            print("Nothing is left to do: --steps counts the steps taken so far.")
    # The other processes wait for the first one where it draws.
    goes_on = "fresh" if options.fresh else resumes
    log = RunLog(options.log, trainer, options.steps, goes_on, options.data) if options.log and rank == 0 else None
    stop = _Stop()
    progress = _Progress(options.steps, trainer.step)
    pending = []
    while trainer.step < options.steps:
        pending.append(trainer.take_step())
        ends = trainer.step == options.steps
        saves = trainer.step % options.save_every == 0
        draws = options.log and trainer.step % options.sample_every == 0
        logs = draws or (options.log and trainer.step % options.log_every == 0)
        # Every process reads at the same steps, and not at each: it waits for the device and for the others.
        if ends or saves or logs or trainer.step % READ_EVERY == 0:
            ends |= _agree(stop.requested, device, world)
            losses = _mean_over_processes(torch.stack(pending), world).tolist()
            pending.clear()
            trainer.losses.extend(losses)
            sound = all(loss == loss and abs(loss) != float("inf") for loss in losses)
            if log and not sound:
                log.write(diverged=True)
            if not sound:
                raise UserError(
                    f"The loss became NaN or infinite before step {trainer.step}. "
                    "The last checkpoint is sound: go on from it with a lower --learning-rate."
                )
            if rank == 0:
                if ends or progress.due:
                    progress.show(trainer.step, losses)
                if ends or saves:
                    write_bundle(options.out, trainer.to_bundle())
                if log and (ends or logs):
                    log.record(draws, ends)
            if ends:
                break
    if rank == 0:
        print(f"\n{options.out} is at step {trainer.step}.", flush=True)
    if stop.requested:
        sys.exit(130)


def _check(options, world):
    shares = world * options.accumulate
    if options.batch < 1 or options.accumulate < 1 or options.batch % shares:
        raise UserError(
            f"--batch {options.batch} cannot be split among {world} processes × {options.accumulate} parts: "
            f"take a multiple of {shares}."
        )
    if not 0 < options.learning_rate <= 1:
        raise UserError(f"--learning-rate must be above 0 and at most 1, not {options.learning_rate}.")
    if not 0 <= options.ema_decay < 1:
        raise UserError(f"--ema-decay must be at least 0 and below 1, not {options.ema_decay}.")
    for name in ("save_every", "log_every", "sample_every"):
        if getattr(options, name) < 1:
            raise UserError(f"--{name.replace('_', '-')} must be at least 1, not {getattr(options, name)}.")


def _device():
    if not torch.cuda.is_available():
        return torch.device("cpu")
    local = int(os.environ.get("LOCAL_RANK", 0))
    torch.cuda.set_device(local)
    return torch.device("cuda", local)


def _precision(options, device):
    if options.precision != "auto":
        return PRECISIONS[options.precision]
    return torch.bfloat16 if device.type == "cuda" and torch.cuda.is_bf16_supported() else None


def _mean_over_processes(losses, world):
    if world > 1:
        dist.all_reduce(losses)
    return losses.cpu() / world


def _agree(mine, device, world):
    """Whether any process was asked to stop: they stop together."""
    if world == 1:
        return mine
    asked = torch.tensor(float(mine), device=device)
    dist.all_reduce(asked)
    return asked.item() > 0


class _Stop:
    """Ctrl-C or a scheduler's SIGTERM: the step under way is finished and saved."""

    def __init__(self):
        self.requested = False
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, self._request)

    def _request(self, *_):
        self.requested = True


class _Progress:
    def __init__(self, steps, first):
        self.steps, self.first, self.begun, self.shown = steps, first, time.monotonic(), 0.0

    @property
    def due(self):
        return time.monotonic() - self.shown > 1

    def show(self, step, losses):
        self.shown = time.monotonic()
        rate = (step - self.first) / max(1e-9, self.shown - self.begun)
        left = (self.steps - step) / max(1e-9, rate)
        loss = sum(losses) / len(losses)
        end = "\r" if sys.stdout.isatty() else "\n"
        text = f"step {step}/{self.steps} · loss {loss:.4f} · {rate:.2f} steps/s · {left / 60:.0f}:{left % 60:02.0f} left"
        print(text, end=end, flush=True)


if __name__ == "__main__":
    explained(main)
