"""safetensors files: tensors by name and a few texts. Debian's python3-torch comes without a reader, so it is here."""

import json
import math
import os
import struct

import torch

from .errors import UserError

DTYPES = {
    "F64": torch.float64,
    "F32": torch.float32,
    "F16": torch.float16,
    "BF16": torch.bfloat16,
    "I64": torch.int64,
    "I32": torch.int32,
    "U8": torch.uint8,
}
NAMES = {dtype: name for name, dtype in DTYPES.items()}


def read_tensors(path):
    """(tensors by name, metadata). Throws UserError for a file that is missing, damaged or something else."""
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}.") from None
    try:
        return _parse(data)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, struct.error) as error:
        raise UserError(f"{path} is no safetensors file, or damaged: {error}.") from None


def _parse(data):
    (length,) = struct.unpack_from("<Q", data)
    if length > len(data) - 8:
        raise ValueError("its header is longer than the file")
    header = json.loads(data[8 : 8 + length].decode())
    metadata = header.pop("__metadata__", {})
    body = memoryview(data)[8 + length :]
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        dtype, shape = DTYPES[entry["dtype"]], [int(size) for size in entry["shape"]]
        count = math.prod(shape)
        size = count * torch.empty((), dtype=dtype).element_size()
        if not 0 <= begin <= end <= len(body) or end - begin != size or min(shape, default=0) < 0:
            raise ValueError(f"the tensor '{name}' does not fit its place")
        # A copy of its own: torch wants memory that may be written.
        values = torch.frombuffer(bytearray(body[begin:end]), dtype=dtype) if size else torch.empty(0, dtype=dtype)
        tensors[name] = values.reshape(shape)
    return tensors, metadata


def write_tensors(path, tensors, metadata):
    """Writes the file as a whole or not at all: whoever is killed meanwhile leaves the one before."""
    ordered = sorted(tensors.items(), key=lambda item: -item[1].element_size())
    header, offset = {"__metadata__": metadata}, 0
    for name, tensor in ordered:
        end = offset + tensor.numel() * tensor.element_size()
        header[name] = {"dtype": NAMES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [offset, end]}
        offset = end
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    partial = f"{path}.partial"
    with open(partial, "wb") as file:
        file.write(struct.pack("<Q", len(text)))
        file.write(text)
        for _, tensor in ordered:
            file.write(tensor.detach().cpu().contiguous().view(-1).numpy().tobytes())
        file.flush()
        os.fsync(file.fileno())
    os.replace(partial, path)
