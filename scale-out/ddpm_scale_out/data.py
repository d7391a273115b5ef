"""Images to train on: a folder, an .npz, or a data set of the playground (.zip), as uint8 [N,C,H,W] and classes [N]."""

import zipfile
from pathlib import Path

import numpy as np
import torch

from .errors import UserError

SUFFIXES = {".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif"}


class Images:
    """All images in memory. Levels 0 … `white` stand for −1 … 1."""

    def __init__(self, levels, labels, white=255):
        self.levels, self.labels, self.white = levels, labels, white

    def __len__(self):
        return len(self.levels)

    def batch(self, indices):
        """float32 [N,C,H,W] in [−1, 1], and classes [N] (−1 where there are none)."""
        return self.levels[indices].float() / (self.white / 2) - 1, self.labels[indices]


def read_images(path, config):
    """The images of `path`, cropped to a square and resized to the model's size. Throws UserError."""
    path = Path(path)
    if path.is_dir():
        images = _from_folder(path, config)
    elif path.suffix == ".npz":
        images = _from_npz(path)
    elif path.suffix == ".zip":
        images = _from_playground(path)
    else:
        raise UserError(f"{path} is no folder, .npz or .zip of images that could be read.")
    shape = (config["image_channels"], config["image_size"], config["image_size"])
    if tuple(images.levels.shape[1:]) != shape:
        have = "×".join(map(str, images.levels.shape[1:]))
        raise UserError(f"{path} holds images of {have}, but the model is for {'×'.join(map(str, shape))}.")
    classes, highest = config.get("n_classes", 0), int(images.labels.max())
    if classes > 0 and highest >= classes:
        raise UserError(f"{path} has the class {highest}, but the model has only {classes} classes.")
    return images


def _from_folder(folder, config):
    """Sorted, so that every process sees the same order; names of subfolders are classes."""
    try:
        from PIL import Image, ImageOps
    except ImportError:
        raise UserError("Reading a folder of images needs Pillow: pip install pillow.") from None
    files = sorted(file for file in folder.rglob("*") if file.suffix.lower() in SUFFIXES)
    if not files:
        raise UserError(f"{folder} holds no image ({', '.join(sorted(SUFFIXES))}).")
    classes = sorted({file.parent for file in files})
    size, mode = config["image_size"], "L" if config["image_channels"] == 1 else "RGB"
    levels = np.empty((len(files), size, size, config["image_channels"]), np.uint8)
    for place, file in enumerate(files):
        try:
            with Image.open(file) as image:
                square = ImageOps.fit(image.convert(mode), (size, size))
        except OSError as error:
            raise UserError(f"{file} is no image that can be read: {error}.") from None
        levels[place] = np.asarray(square).reshape(size, size, -1)
    several = len(classes) > 1
    labels = [classes.index(file.parent) if several else -1 for file in files]
    return Images(torch.from_numpy(levels).permute(0, 3, 1, 2).contiguous(), torch.tensor(labels))


def _from_npz(path):
    """`images` [N,H,W] or [N,H,W,C], bytes or floats in [−1, 1] or [0, 1]; `labels` [N] if there are classes."""
    try:
        with np.load(path, allow_pickle=False) as arrays:
            images = arrays["images" if "images" in arrays else arrays.files[0]]
            labels = arrays["labels"] if "labels" in arrays else None
    except (OSError, ValueError, IndexError) as error:
        raise UserError(f"{path} cannot be read: {error}.") from None
    images = images[..., None] if images.ndim == 3 else images
    if images.ndim != 4 or len(images) == 0:
        raise UserError(f"{path}: images must be [N,H,W] or [N,H,W,C], not {list(images.shape)}.")
    if images.dtype != np.uint8:
        lowest, highest = float(images.min()), float(images.max())
        if not -1 <= lowest <= highest <= 1:
            raise UserError(f"{path}: floats must lie in [−1, 1] or [0, 1], not in [{lowest}, {highest}].")
        images = np.rint((images + 1) * 127.5 if lowest < 0 else images * 255).astype(np.uint8)
    labels = np.full(len(images), -1) if labels is None else labels
    return Images(torch.from_numpy(images.transpose(0, 3, 1, 2).copy()), torch.from_numpy(labels.astype(np.int64)))


def _from_playground(path):
    try:
        with zipfile.ZipFile(path) as archive:
            levels, labels = (_idx(archive.read(f"{name}.idx"), path) for name in ("images", "labels"))
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise UserError(f"{path} is no data set of the playground: {error}.") from None
    levels = levels[..., None] if levels.ndim == 3 else levels
    white = 16 if levels.max() <= 16 else 255
    return Images(torch.from_numpy(levels.transpose(0, 3, 1, 2).copy()), torch.from_numpy(labels.astype(np.int64)), white)


def _idx(data, path):
    """IDX of unsigned bytes: two zeros, 8, the number of dimensions, each as a big-endian uint32, the values."""
    if len(data) < 4 or data[:3] != b"\0\0\x08":
        raise UserError(f"{path} holds something else than IDX files of bytes.")
    shape = np.frombuffer(data, ">u4", data[3], 4).astype(int)
    values = np.frombuffer(data, np.uint8, offset=4 + 4 * data[3])
    if len(values) != shape.prod():
        raise UserError(f"{path} is damaged: {len(values)} values for {'×'.join(map(str, shape))}.")
    return values.reshape(shape)
