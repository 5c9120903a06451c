"""Media that are compressed already, made from a seed: what no archiver can make smaller.

Nothing here is a picture worth seeing. What counts is what an archiver meets: headers that it may
know, names that it may go by, and content whose every byte is entropy.
"""

import lzma
import random
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import zstandard

_SEED = 20261121
_PIECE = 1 << 20  # of text, before it is compressed
_WORDS = [f"word{number:03x}" for number in range(1500)]

Maker = Callable[[random.Random], bytes]


def make_media(target: Path, size: int) -> None:
    """Files of 50 kB to some MB in ``target``, ``size`` bytes in all or a little more."""
    target.mkdir(parents=True)
    source = random.Random(_SEED)
    made = 0
    for number, (suffix, make) in enumerate(_makers()):
        if made >= size:
            return
        content = make(source)
        (target / f"{number:04}.{suffix}").write_bytes(content)
        made += len(content)


def _makers() -> Iterator[tuple[str, Maker]]:
    """In turn, for ever."""
    while True:
        yield "jpg", _photo
        yield "png", _picture
        yield "mp4", _film
        yield "gz", lambda source: zlib.compress(_text(source), 6, wbits=31)
        yield "zst", lambda source: zstandard.compress(_text(source), 9)
        yield "xz", lambda source: lzma.compress(_text(source), preset=1)


def _photo(source: random.Random) -> bytes:
    """As a JPEG's entropy-coded part: random, a zero after each FF."""
    content = source.randbytes(source.randrange(50_000, 4_000_000))
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\0" + content.replace(b"\xff", b"\xff\x00") + b"\xff\xd9"


def _film(source: random.Random) -> bytes:
    return b"\0\0\0\x18ftypmp42" + source.randbytes(source.randrange(2_000_000, 12_000_000))


def _picture(source: random.Random) -> bytes:
    """A valid PNG: noise over a gradient, 8 bits of grey."""
    width, height = source.randrange(300, 1200), source.randrange(300, 1200)
    noise = source.randbytes(width * height).translate(bytes(value >> 3 for value in range(256)))
    rows = bytearray()
    for row in range(height):
        base = row * 200 // height
        shifted = bytes((base + value) & 255 for value in range(256))
        rows += b"\0" + noise[row * width : (row + 1) * width].translate(shifted)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
    )


def _text(source: random.Random) -> bytes:
    return " ".join(source.choices(_WORDS, k=_PIECE // 8)).encode()
