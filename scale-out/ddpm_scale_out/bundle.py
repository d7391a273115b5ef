"""Models and bundles of the playground: config, weights, EMA, Adam's moments, step and loss history in one file."""

import json
from dataclasses import dataclass, field

import torch

from .diffusion import with_objective
from .errors import UserError
from .tensor_file import read_tensors, write_tensors
from .unet import UNet

PARTS = {"ema": "ema.", "m": "adam.m.", "v": "adam.v."}
LOSSES = "history.loss"
# Images that a bundle may carry for the playground; training here reads its own.
IMAGES = ("data.images", "data.labels")


@dataclass
class Bundle:
    config: dict
    weights: dict
    ema: dict
    m: dict
    v: dict
    step: int = 0
    losses: list = field(default_factory=list)
    # The playground's own, handed back as they came: random state, and what its page or command line keeps.
    random: list = field(default_factory=lambda: [1, 2, 3, 4])
    extra: object = None
    metadata: dict = field(default_factory=dict)


def read_bundle(path):
    """Reads a bundle, or a plain model, which then starts with moments of zero at step 0. Throws UserError."""
    tensors, metadata = read_tensors(path)
    try:
        config = json.loads(metadata["config"])
        training = json.loads(metadata["training"]) if "training" in metadata else None
    except (KeyError, ValueError, RecursionError):
        raise UserError(f"{path} is no model of the playground: its metadata have no valid 'config'.") from None
    if training is not None and (not isinstance(training, dict) or not {"version", "step", "random"} <= training.keys()):
        raise UserError(f"{path} is no bundle of the playground: its metadata have no valid 'training'.")
    if training is not None and training["version"] != 1:
        raise UserError(f"{path} was written by a later version of the playground: update this package.")
    for name in IMAGES:
        tensors.pop(name, None)
    losses = tensors.pop(LOSSES, torch.zeros(0)).tolist()
    parts = {name: _take(tensors, prefix) for name, prefix in PARTS.items()}
    expected = expected_shapes(config)
    _check(path, tensors, expected)
    zeros = {name: torch.zeros(shape) for name, shape in expected.items()}
    if training is None:
        copy = {name: tensor.clone() for name, tensor in tensors.items()}
        return Bundle(config, tensors, copy, zeros, {k: z.clone() for k, z in zeros.items()}, metadata=metadata)
    for name, part in parts.items():
        _check(f"{path} ({PARTS[name]}…)", part, expected)
    facts = {key: training.get(key) for key in ("step", "random", "extra")}
    return Bundle(config, tensors, losses=losses, metadata=metadata, **parts, **facts)


def begin_anew(config, seed):
    """A run from random weights, drawn as PyTorch draws them. Throws UserError where no network can be built."""
    expected = expected_shapes(config)
    torch.manual_seed(seed)
    weights = UNet(config).state_dict()
    copy = {name: tensor.clone() for name, tensor in weights.items()}
    zeros = [{name: torch.zeros(shape) for name, shape in expected.items()} for _ in range(2)]
    return Bundle(config, weights, copy, *zeros)


def begin_with(bundle, objective):
    """A new run from the EMA weights of a bundle, for a network that predicts something else."""
    config = with_objective(bundle.config, objective)
    copies = [{name: tensor.clone() for name, tensor in bundle.ema.items()} for _ in range(2)]
    zeros = [{name: torch.zeros_like(tensor) for name, tensor in bundle.ema.items()} for _ in range(2)]
    kept = {"random": bundle.random, "extra": bundle.extra, "metadata": bundle.metadata}
    return Bundle(config, *copies, *zeros, **kept)


def write_bundle(path, bundle):
    """Writes all that training needs to go on, here or in the playground."""
    tensors = dict(bundle.weights)
    for name, prefix in PARTS.items():
        tensors.update({prefix + key: tensor for key, tensor in getattr(bundle, name).items()})
    tensors[LOSSES] = torch.tensor(bundle.losses, dtype=torch.float32)
    training = {"version": 1, "step": bundle.step, "random": bundle.random, "extra": bundle.extra}
    metadata = {**bundle.metadata, "format": "labml-ddpm-unet", "config": json.dumps(bundle.config)}
    write_tensors(path, tensors, {**metadata, "training": json.dumps(training)})


def expected_shapes(config):
    """Shapes of all parameters of a config, by name. Throws UserError where no network can be built from it."""
    try:
        return {name: list(tensor.shape) for name, tensor in UNet(config).state_dict().items()}
    except (KeyError, ValueError, TypeError, ZeroDivisionError, IndexError, RuntimeError, RecursionError) as error:
        raise UserError(f"No network can be built from the model's config: {error}.") from None


def _take(tensors, prefix):
    names = [name for name in tensors if name.startswith(prefix)]
    return {name[len(prefix) :]: tensors.pop(name) for name in names}


def _check(path, tensors, expected):
    for name in tensors.keys() - expected.keys():
        raise UserError(f"{path}: the config has no parameter '{name}', but the file does.")
    for name, shape in expected.items():
        if name not in tensors:
            raise UserError(f"{path}: the parameter '{name}' is missing.")
        if list(tensors[name].shape) != shape:
            raise UserError(f"{path}: '{name}' is {list(tensors[name].shape)}, but the config needs {shape}.")
        tensors[name] = tensors[name].float()
        if not torch.isfinite(tensors[name]).all():
            raise UserError(f"{path}: the parameter '{name}' holds NaN or infinity.")
