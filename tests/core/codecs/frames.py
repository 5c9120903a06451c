"""Frames as the specification of zstd has them (RFC 8878), read and made without our code."""

import struct
import subprocess
from dataclasses import dataclass

_SIZE_WIDTHS = (0, 2, 4, 8)
_DICTIONARY_WIDTHS = (0, 1, 2, 4)


@dataclass(frozen=True)
class FrameHeader:
    content: int | None
    checked: bool
    window: int


def parse_header(frame: bytes) -> FrameHeader:
    """Section 3.1.1.1 of the RFC, field by field."""
    assert frame[:4] == b"\x28\xb5\x2f\xfd"
    descriptor = frame[4]
    single = descriptor & 0x20
    at = 5
    window = 0
    if not single:
        exponent, mantissa = frame[at] >> 3, frame[at] & 7
        window = (1 << (10 + exponent)) + ((1 << (10 + exponent)) // 8) * mantissa
        at += 1
    at += _DICTIONARY_WIDTHS[descriptor & 3]
    width = _SIZE_WIDTHS[descriptor >> 6] or (1 if single else 0)
    content = None
    if width:
        content = int.from_bytes(frame[at : at + width], "little") + (256 if width == 2 else 0)
    return FrameHeader(content, bool(descriptor & 4), window or content or 0)


def skippable(payload: bytes, magic: int = 0x184D2A50) -> bytes:
    return struct.pack("<II", magic, len(payload)) + payload


def zstd(content: bytes, *options: str) -> bytes:
    """One frame by the program."""
    made = subprocess.run(
        ["zstd", "-q", "-c", *options], input=content, capture_output=True, check=True
    )
    return made.stdout


def unpacked_by_zstd(data: bytes) -> bytes:
    """What the program makes of it; it must take it without a word."""
    made = subprocess.run(["zstd", "-q", "-d", "-c"], input=data, capture_output=True, check=True)
    assert made.stderr == b""
    return made.stdout


def pread_of(data: bytes):
    """``pread`` of a file with this content, as strict as the system's."""

    def pread(length: int, offset: int) -> bytes:
        assert length >= 0, "the system refuses a negative length"
        assert offset >= 0, "the system refuses a negative offset"
        return data[offset : offset + length]

    return pread
