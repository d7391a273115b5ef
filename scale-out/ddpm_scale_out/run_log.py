"""The log of a run in a folder, as `ddpm train --log` of the playground writes it; the page's view Runs opens its run.json."""

import json
import os
import time
import uuid
import zlib
from pathlib import Path

import torch

from . import event_file
from .errors import UserError
from .run_record import HEAD, kept_sample, mean, page_settings, rounded, same_beginning
from .run_record import setting_marks, settings_after, thinned_losses, with_sample, with_time
from .sample import write_grid
from .sampling import sample
from .unet import UNet

WRITE_SECONDS = 10
SAMPLES, SAMPLER_STEPS = 16, 25


class RunLog:
    """What a kill leaves of it can be read; where a disk refuses, training goes on."""

    def __init__(self, folder, trainer, steps, goes_on, data):
        self.folder, self.trainer, self.goes_on = Path(folder), trainer, goes_on
        self.settings = page_settings(trainer.bundle.config, trainer.settings, steps)
        self.begun, self.written_at, self.refused = time.monotonic(), 0.0, False
        try:
            (self.folder / "samples").mkdir(parents=True, exist_ok=True)
            earlier = self._earlier()
        except OSError as error:
            raise UserError(f"--log {folder} cannot be written: {error}.") from None
        step = trainer.step
        if earlier is None:
            self._clear()
            self.facts, self.body = self._first(data), {"times": [], "marks": [], "samples": []}
        else:
            upto = {key: [one for one in earlier["body"][key] if one["step"] <= step] for key in ("times", "marks", "samples")}
            self.facts, self.body = earlier["facts"], upto
            self.body["marks"] += setting_marks(settings_after(self.facts["settings"], upto["marks"]), self.settings, step)
            self._cut_lines(step)
        self.before = self.body["times"][-1]["seconds"] if self.body["times"] else 0.0
        self.line_step = step
        self.body["times"] = with_time(self.body["times"], step, self.before)
        self.events = self.folder / f"events.out.tfevents.{int(time.time())}.ddpm.{os.getpid()}"
        self._append(self.events, event_file.version_record(time.time()))
        if earlier is not None:
            self._append(self.events, event_file.restart_record(time.time(), step + 1))
        self.write()

    def record(self, with_samples, ends):
        """Notes the steps since the last line, whose losses are known."""
        step, losses = self.trainer.step, self.trainer.losses
        self.body["times"] = with_time(self.body["times"], step, self.before + time.monotonic() - self.begun)
        if with_samples or ends:
            started = time.monotonic()
            self._draw(step)
            # The time of these is none of training.
            self.begun += time.monotonic() - started
        count = step - self.line_step
        if count > 0:
            last = losses[-count:]
            line = {"run": self.facts["name"], "step": step, "images": step * self.trainer.settings.batch}
            line.update(seconds=self.body["times"][-1]["seconds"], loss=rounded(mean(last)))
            line.update(least=rounded(min(last)), greatest=rounded(max(last)))
            self._append(self.folder / "log.jsonl", (json.dumps(line) + "\n").encode())
            self._append(self.events, event_file.scalars_record(time.time(), step, {"loss/training": mean(last)}))
            self.line_step = step
        if ends or time.monotonic() - self.written_at > WRITE_SECONDS:
            self.write()

    def write(self, diverged=False):
        """The whole run as it stands; `diverged`: a loss is no number any more."""
        losses = [loss for loss in self.trainer.losses if loss == loss and abs(loss) != float("inf")]
        step = self.trainer.step - (len(self.trainer.losses) - len(losses))
        times = self.body["times"]
        measures = {
            **{"step": step, "seconds": times[-1]["seconds"], "diverged": diverged, "updatedAt": _now()},
            **{"loss": rounded(mean(losses[-100:])) if losses else None, "heldOut": None},
        }
        body = {
            **{"head": losses[:HEAD] if len(losses) == step else [], "losses": thinned_losses(losses, step)},
            **{"heldOut": [], "lossByTime": None, **self.body},
        }
        file = {"format": "ddpm-playground-runs", "version": 1, "runs": [{"facts": {**self.facts, **measures}, "body": body}]}
        self._trying(lambda: _write_whole(self.folder / "run.json", json.dumps(file).encode()))
        self.written_at = time.monotonic()

    def _first(self, data):
        trainer, now = self.trainer, _now()
        name = self.folder.resolve().name[:200]
        return {
            **{"id": str(uuid.uuid4()), "name": name, "colour": zlib.crc32(name.encode()) % 6, "pinned": False},
            **{"startedAt": now, "updatedAt": now, "dataset": None, "title": Path(data).name[:200]},
            **{"settings": self.settings, "differs": None, "from": None},
            "parameters": sum(parameter.numel() for parameter in trainer.network.parameters()),
            **{"backend": "PyTorch", "device": f"{trainer.world} × {trainer.device.type}"},
        }

    def _earlier(self):
        """The run that the folder has, where training goes on with it. Throws UserError where it is another one."""
        path = self.folder / "run.json"
        if not path.exists():
            return None
        if not self.goes_on:
            raise UserError(f"{self.folder} has the log of a run already: name another --log, or begin anew with --fresh.")
        if self.goes_on == "fresh":
            return None
        try:
            run = json.loads(path.read_bytes())["runs"][0]
            head = run["body"]["head"]
        except (ValueError, KeyError, IndexError, TypeError):
            raise UserError(f"{path} is damaged: name another --log.") from None
        if not same_beginning(head, self.trainer.losses):
            raise UserError(f"{self.folder} has the log of another run than the one that goes on: name another --log.")
        return run

    def _clear(self):
        ours = [*self.folder.glob("events.out.tfevents.*"), *self.folder.glob("samples/step-*.png")]
        for path in [*ours, self.folder / "run.json", self.folder / "log.jsonl"]:
            path.unlink(missing_ok=True)

    def _cut_lines(self, step):
        """Drops the lines after a step, and one that a kill cut off."""
        path = self.folder / "log.jsonl"
        kept = []
        for line in path.read_text().splitlines() if path.exists() else []:
            try:
                if json.loads(line)["step"] <= step:
                    kept.append(line + "\n")
            except (ValueError, KeyError, TypeError):
                continue
        self._trying(lambda: _write_whole(path, "".join(kept).encode()))

    def _draw(self, step):
        """Samples of the EMA weights, from the same noise each time."""
        config, device = self.trainer.bundle.config, self.trainer.device
        network = UNet(config).to(device).eval()
        network.load_state_dict(self.trainer.ema)
        classes = config.get("n_classes", 0)
        labels = torch.arange(SAMPLES, device=device) % classes if classes else torch.full((SAMPLES,), -1, device=device)
        images = sample(network, config, SAMPLES, min(SAMPLER_STEPS, config["n_steps"]), "ddim", 1, device, labels)
        self.body["samples"] = with_sample(self.body["samples"], kept_sample(step, images))
        path = self.folder / "samples" / f"step-{step:06d}.png"
        self._trying(lambda: write_grid(path, images, max(1, 56 // config["image_size"])))

    def _append(self, path, content):
        def append():
            with open(path, "ab") as file:
                file.write(content)

        self._trying(append)

    def _trying(self, write):
        """Says once that a log is not written, and when it is again."""
        try:
            write()
            if self.refused:
                print("The log is written again.", flush=True)
            self.refused = False
        except (OSError, UserError) as error:
            if not self.refused:
                print(f"The log in {self.folder} cannot be written: {error}", flush=True)
            self.refused = True


def _now():
    return int(time.time() * 1000)


def _write_whole(path, content):
    """All at once or not at all."""
    beside = path.with_name(path.name + ".part")
    beside.write_bytes(content)
    os.replace(beside, path)
