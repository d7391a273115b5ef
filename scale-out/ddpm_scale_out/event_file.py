"""Scalars in TensorBoard's event files: Event messages of protocol buffers in TFRecords."""

import struct


def version_record(time):
    """The first record of every file; `time` in seconds since 1970."""
    return _record(_event(time, 0, _bytes_field(3, b"brain.Event:2")))


def restart_record(time, step):
    """Training goes on at a step: TensorBoard drops what earlier files have from there on."""
    return _record(_event(time, step, _bytes_field(7, _varint(1 << 3) + _varint(1))))


def scalars_record(time, step, scalars):
    """The values of tags at a step."""
    values = b""
    for tag, value in scalars.items():
        values += _bytes_field(1, _bytes_field(1, tag.encode()) + b"\x15" + struct.pack("<f", value))
    return _record(_event(time, step, _bytes_field(5, values)))


def _event(time, step, content):
    return b"\x09" + struct.pack("<d", time) + b"\x10" + _varint(step) + content


def _record(data):
    length = struct.pack("<Q", len(data))
    return length + _masked_crc(length) + data + _masked_crc(data)


def _bytes_field(field, content):
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _varint(value):
    written = b""
    while value >= 128:
        written += bytes([value % 128 | 128])
        value //= 128
    return written + bytes([value])


def _masked_crc(data):
    """CRC-32C (RFC 3720), rotated and with a constant added."""
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    crc ^= 0xFFFFFFFF
    return struct.pack("<I", ((crc >> 15 | crc << 17 & 0xFFFFFFFF) + 0xA282EAD8) & 0xFFFFFFFF)
