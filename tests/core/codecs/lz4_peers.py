"""LZ4 frames by the lz4 program and its library, and by hand."""

import io
import random
import struct
import subprocess

import lz4.block
import lz4.frame
import xxhash

NOISE = random.Random(1).randbytes(300_000)
TEXT = b"some text, again and again, %d\n" * 30_000
MIXED = b"".join(b"line %d of some text\n" % n + NOISE[n : n + 40] for n in range(30_000))
CONTENTS = {"text": TEXT, "noise": NOISE, "mixed": MIXED, "one byte": b"x", "empty": b""}
# What the program's manual offers for the form of a frame.
FLAGS = {
    "default": (),
    "64 KiB": ("-B4",),
    "256 KiB": ("-B5",),
    "1 MiB": ("-B6",),
    "4 MiB": ("-B7",),
    "dependent": ("-BD",),
    "dependent 64 KiB": ("-BD", "-B4"),
    "block checksums": ("-BX",),
    "no checksum": ("--no-frame-crc",),
    "block checksums alone": ("-BX", "--no-frame-crc"),
    "content size": ("--content-size",),
    "slow": ("-9", "-BD"),
    "fast": ("--fast=5",),
    "legacy": ("-l",),
}


def by_program(content: bytes, *flags: str, path=None) -> bytes:
    """One frame by the program; from a file, since from a pipe it cannot tell the size."""
    command = ["lz4", "-q", "-c", *flags]
    if path is None:
        return subprocess.run(command, input=content, capture_output=True, check=True).stdout
    path.write_bytes(content)
    return subprocess.run([*command, str(path)], capture_output=True, check=True).stdout


def unpacked_by_program(data: bytes) -> bytes:
    made = subprocess.run(["lz4", "-q", "-d", "-c"], input=data, capture_output=True, check=True)
    assert made.stderr == b""
    return made.stdout


def by_hand(
    *blocks: bytes, flags: int = 0x64, block: int = 0x70, content: bytes | None = None
) -> bytes:
    """A frame of ready blocks (with their lengths). ``content``: what its checksum is of."""
    head = bytes([flags, block])
    if flags & 8:
        head += struct.pack("<Q", len(content or b""))
    head += bytes([xxhash.xxh32_intdigest(head) >> 8 & 255])
    end = bytes(4) + (struct.pack("<I", xxhash.xxh32_intdigest(content or b"")) * bool(flags & 4))
    return struct.pack("<I", 0x184D2204) + head + b"".join(blocks) + end


def packed(content: bytes) -> bytes:
    coded = lz4.block.compress(content, store_size=False)
    return struct.pack("<I", len(coded)) + coded


def raw(content: bytes) -> bytes:
    return struct.pack("<I", len(content) | 1 << 31) + content


def source_of(data: bytes):
    return io.BytesIO(data).read


def drained(reader, step: int = 100_000) -> bytes:
    """All that a frame's reader gives."""
    out, view = bytearray(), memoryview(bytearray(step))
    while count := reader.readinto(view):
        out += view[:count]
    return bytes(out)
