"""Files of models as PyTorch users have them, all of the same weights, which plain.safetensors has as float32.

Run with PyTorch 1.13 (`make.py old`) and with PyTorch 2.14 and safetensors (`make.py new`), from the project's folder.
The EMA weights, where a file has them, are half of the weights, so that a test can tell them apart.
"""

import argparse
import collections
import json
import os
import pathlib
import pickle
import random
import sys
import zipfile

import numpy
import torch

sys.path.insert(0, "scale-out")
from ddpm_scale_out.tensor_file import write_tensors  # noqa: E402
from ddpm_scale_out.unet import UNet  # noqa: E402

FOLDER = pathlib.Path(__file__).parent
CONFIG = {
    "image_channels": 1, "n_channels": 4, "ch_mults": [1, 2], "is_attn": [False, True], "n_blocks": 1,
    "image_size": 8, "n_steps": 50, "n_groups": 2, "n_final_groups": 2, "dropout": 0.0,
}


class Diffusion(torch.nn.Module):
    """A wrapper as diffusion libraries have it."""

    def __init__(self, model, name="model"):
        super().__init__()
        setattr(self, name, model)
        self.register_buffer("betas", torch.linspace(1e-4, 0.02, 50, dtype=torch.float64).float())


class Ema(torch.nn.Module):
    """As in ema-pytorch."""

    def __init__(self, online):
        super().__init__()
        self.online_model = online
        self.ema_model = type(online)(half_of(online.model))
        self.register_buffer("initted", torch.tensor(True))
        self.register_buffer("step", torch.tensor(12))


def model(seed=1):
    """Weights that bfloat16 and float16 hold exactly: a few bits each."""
    torch.manual_seed(seed)
    unet = UNet(CONFIG)
    for parameter in unet.parameters():
        parameter.data = torch.randint(-100, 101, parameter.shape).float() / 64
    return unet


def half_of(unet):
    half = UNet(CONFIG)
    half.load_state_dict({name: tensor / 2 for name, tensor in unet.state_dict().items()})
    return half


def trained_optimizer(unet):
    optimizer = torch.optim.Adam(unet.parameters(), lr=1e-3)
    for parameter in unet.parameters():
        parameter.grad = torch.ones_like(parameter)
    before = {name: tensor.clone() for name, tensor in unet.state_dict().items()}
    optimizer.step()
    unet.load_state_dict(before)
    return optimizer


def flat_views(unet):
    """All parameters as views of one storage; matrices lie in it transposed."""
    state = unet.state_dict()
    flat = torch.cat([(t.t() if t.dim() == 2 else t).reshape(-1) for t in state.values()])
    views, at = collections.OrderedDict(), 3
    flat = torch.cat([torch.zeros(at), flat])
    for name, t in state.items():
        part = flat[at : at + t.numel()]
        views[name] = part.view(t.shape[1], t.shape[0]).t() if t.dim() == 2 else part.view(t.shape)
        at += t.numel()
    return views


def save(name, value, **options):
    torch.save(value, FOLDER / name, **options)


def big_endian(source, target):
    """The file that a big-endian machine would write."""
    with zipfile.ZipFile(FOLDER / source) as before, zipfile.ZipFile(FOLDER / target, "w") as after:
        for member in before.namelist():
            data = before.read(member)
            if "/data/" in member:
                data = numpy.frombuffer(data, "<f4").astype(">f4").tobytes()
            if not member.endswith("/byteorder"):
                after.writestr(member, data)
        after.writestr(member.split("/")[0] + "/byteorder", "big")


def write_outputs(unet):
    """What PyTorch predicts with the weights, and with their average."""
    torch.manual_seed(2)
    x, t = torch.randn(2, 1, 8, 8), torch.tensor([3, 40])
    with torch.no_grad():
        outputs = {"x": x, "t": t.int(), "eps": unet.eval()(x, t), "eps_ema": half_of(unet).eval()(x, t)}
    write_tensors(FOLDER / "outputs.safetensors", outputs, {})
    save("inputs.pt", {"x": x, "t": t, "note": "x_t and t"})


def old():
    unet = model()
    write_tensors(FOLDER / "plain.safetensors", unet.state_dict(), {})
    with open(FOLDER / "config.json", "w") as file:
        json.dump(CONFIG, file)
    write_outputs(unet)
    save("zip.pt", unet.state_dict())
    save("legacy.pth", unet.state_dict(), _use_new_zipfile_serialization=False)
    save("legacy-views.pth", flat_views(unet), _use_new_zipfile_serialization=False)
    save("views.pt", flat_views(unet))
    big_endian("zip.pt", "big-endian.pt")
    optimizer = trained_optimizer(unet)
    scheduler = torch.optim.lr_scheduler.MultiStepLR(optimizer, [10, 20])
    save(
        "checkpoint.pt",
        {
            "epoch": 3,
            "model_state_dict": torch.nn.DataParallel(unet).state_dict(),
            "optimizer_state_dict": optimizer.state_dict(),
            "scheduler": scheduler.state_dict(),
            "loss": numpy.float64(0.25),
            "best": numpy.float32(0.125),
            "losses": [0.5, 0.25],
            "args": argparse.Namespace(lr=1e-3, out=pathlib.Path("runs"), image_size=8, n_steps=50),
            "random": (random.getstate(), numpy.random.get_state(), torch.get_rng_state()),
            "big": 2**70,
            "names": {"a", "b"},
            "raw": b"bytes",
            "missing": None,
            "size": unet.final.weight.shape,
            "dtype": torch.float32,
            "device": torch.device("cpu"),
        },
    )
    averaged = torch.optim.swa_utils.AveragedModel(unet)
    save("averaged.pt", averaged.state_dict())
    save("parameters.bin", dict(unet.named_parameters()))
    save("bfloat16.pt", unet.to(torch.bfloat16).state_dict())
    save("half.pt", unet.half().state_dict())
    save("double-protocol-4.pt", unet.double().state_dict(), pickle_protocol=4)
    save("whole-module.pt", unet)


def new():
    from safetensors.torch import save_file

    unet = model()
    save("zip-2.pt", unet.state_dict())
    save("compiled.pt", torch.compile(unet, backend="eager").state_dict())
    wrapped = Diffusion(unet)
    save("ema-pytorch.pt", {"step": 12, "model": wrapped.state_dict(), "ema": Ema(wrapped).state_dict(), "opt": None})
    save(
        "lightning.ckpt",
        {
            "epoch": 3,
            "global_step": 12,
            "pytorch-lightning_version": "2.5.0",
            "state_dict": Diffusion(unet, "eps_model").state_dict(),
            "loops": {"fit_loop": {"state_dict": {}, "epoch_progress": {"total": {"ready": 3}}}},
            "callbacks": {"ModelCheckpoint{'monitor': None}": {"best_model_path": "a/b.ckpt", "kth_value": torch.tensor(1.0)}},
            "optimizer_states": [trained_optimizer(unet).state_dict()],
            "lr_schedulers": [],
            "hparams_name": "kwargs",
            "hyper_parameters": {"image_size": 8, "n_steps": 50, "n_groups": 2, "n_final_groups": 2, "dropout": 0.0},
            "torch_version": torch.__version__,
            "numpy": numpy.arange(3.0),
        },
        pickle_protocol=5,
    )
    weights = unet.state_dict()
    averages = {f"ema.{name}": tensor / 2 for name, tensor in weights.items()}
    save_file({**weights, **averages}, FOLDER / "beside-ema.safetensors")
    save_file(
        {name: tensor.to(torch.bfloat16) for name, tensor in Diffusion(unet).state_dict().items()},
        FOLDER / "bfloat16.safetensors",
    )
    kinds = [
        *("float64 float32 float16 bfloat16 int64 int32 int16 int8 uint8 uint16 uint32 uint64 bool".split()),
        *("float8_e4m3fn float8_e5m2 float8_e8m0fnu complex64".split()),
    ]
    tensors = {kind: torch.tensor([1, 0, 2]).to(getattr(torch, kind)) for kind in kinds}
    save_file(tensors, FOLDER / "dtypes.safetensors")
    save("dtypes.pt", tensors)


def values():
    """Values of every kind that a pickle writes in its own way, with what JSON makes of them."""
    numbers = [0, 1, 255, 256, 65535, 65536, 2**31 - 1, 2**31, -1, -(2**31), -(2**31) - 1, 2**53 - 1, -(2**53) + 1]
    large = [2**63, -(2**63) - 1, 2**2100]
    texts = ["", "a", "ä€😀", "x" * 255, "x" * 256, "__proto__"]
    value = {
        "numbers": numbers,
        "large": large,
        "floats": [0.1, -2.5, 1e300, 5e-324],
        "texts": texts,
        "constants": [None, True, False],
        "tuples": [(), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4)],
        "nested": {"a": {"b": [{"c": [[]]}]}, "": {}},
        "sets": [set(), {1}, frozenset([2])],
        "many": list(range(2500)),
        "shared": [texts, texts],
        "ordered": collections.OrderedDict(a=1, b=collections.OrderedDict()),
        "default": collections.defaultdict(list, a=[1]),
        "counter": collections.Counter("aab"),
        "namespace": argparse.Namespace(a=1, b=argparse.Namespace(c="d")),
        "__proto__": {"constructor": 1},
    }
    plain = {**value, "large": [str(number) for number in large], "sets": [[], [1], [2]]}
    namespace = {"a": 1, "b": {"c": "d"}}
    with open(FOLDER / "values.json", "w") as file:
        json.dump({**plain, "namespace": namespace}, file)
    for protocol in (2, 3, 4, 5):
        with open(FOLDER / f"values-{protocol}.pkl", "wb") as file:
            pickle.dump(value, file, protocol=protocol)


def hostile():
    class System:
        def __reduce__(self):
            return os.system, ("touch /tmp/ran",)

    save("hostile.pt", {"weights": System()})
    save("hostile-legacy.pt", {"weights": System()}, _use_new_zipfile_serialization=False)
    with open(FOLDER / "arrays.pkl", "wb") as file:
        pickle.dump({"a": [1, 2]}, file, protocol=2)


if __name__ == "__main__":
    {"old": lambda: (old(), values(), hostile()), "new": new}[sys.argv[1]]()
