"""Times the reference U-Net in PyTorch, in turns with another program: reads commands on stdin, answers in JSON lines.

Arguments: config file (JSON, as in a model file's metadata), batch size, threads, device (cpu, or gpu for a GPU where
there is one). Commands, one a line:
  check FOLDER  loads FOLDER/weights.f32 (all parameters in the order of state_dict), x.f32 and t.i32 [B],
                and answers the largest difference to FOLDER/eps.f32 over its largest magnitude
  train N       takes N train steps, each timed, and answers their milliseconds
  forward N     the same of forward passes
"""

import json
import os
import sys
import time

import torch

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "scale-out"))
from ddpm_scale_out.unet import UNet  # noqa: E402

config_file, batch, threads, wanted = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
with open(config_file) as file:
    config = json.load(file)
torch.set_num_threads(threads)
torch.manual_seed(1)
device = torch.device("cuda" if wanted == "gpu" and torch.cuda.is_available() else "cpu")
channels, size, n_steps = config["image_channels"], config["image_size"], config["n_steps"]

model = UNet(config).to(device)
ema = [p.detach().clone() for p in model.parameters()]
optimizer = torch.optim.Adam(model.parameters(), lr=2e-5)
alpha_bar = torch.cumprod(1 - torch.linspace(1e-4, 0.02, n_steps), dim=0).to(device)
images = torch.randn(batch, channels, size, size, device=device)


def train_step():
    t = torch.randint(0, n_steps, (batch,), device=device)
    noise = torch.randn_like(images)
    a = alpha_bar[t][:, None, None, None]
    loss = torch.nn.functional.mse_loss(model(a.sqrt() * images + (1 - a).sqrt() * noise, t), noise)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    with torch.no_grad():
        for average, parameter in zip(ema, model.parameters()):
            average.lerp_(parameter, 0.001)
    return loss.item()


@torch.no_grad()
def forward():
    t = torch.arange(batch, device=device) % n_steps
    return model(images, t).sum().item()


def timed(step, count):
    times = []
    for _ in range(count):
        start = time.perf_counter()
        step()  # ends with item(), which waits for the device
        times.append((time.perf_counter() - start) * 1000)
    return times


def read(folder, name, dtype):
    with open(os.path.join(folder, name), "rb") as file:
        return torch.frombuffer(bytearray(file.read()), dtype=dtype)


@torch.no_grad()
def check(folder):
    weights = read(folder, "weights.f32", torch.float32)
    state = model.state_dict()
    expected = sum(p.numel() for p in state.values())
    if weights.numel() != expected:
        raise SystemExit(f"{weights.numel()} parameters were given, but the network has {expected}.")
    parts = weights.split([p.numel() for p in state.values()])
    model.load_state_dict({name: part.view_as(p) for (name, p), part in zip(state.items(), parts)})
    x = read(folder, "x.f32", torch.float32).view(batch, channels, size, size).to(device)
    t = read(folder, "t.i32", torch.int32).long().to(device)
    eps = read(folder, "eps.f32", torch.float32).view_as(x).to(device)
    model.eval()
    difference = (model(x, t) - eps).abs().max() / eps.abs().max()
    model.train()
    return difference.item()


def answer(value):
    print(json.dumps(value), flush=True)


answer(
    {
        "version": torch.__version__,
        "threads": torch.get_num_threads(),
        "device": torch.cuda.get_device_name() if device.type == "cuda" else "cpu",
        "parameters": sum(p.numel() for p in model.parameters()),
    }
)
for line in sys.stdin:
    command, argument = line.split(maxsplit=1)
    if command == "check":
        answer(check(argument.strip()))
    elif command == "train":
        model.train()
        answer(timed(train_step, int(argument)))
    elif command == "forward":
        model.eval()
        answer(timed(forward, int(argument)))
    else:
        raise SystemExit(f"There is no command '{command}'.")
