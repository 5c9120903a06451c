"""Frames that do not unpack to what went in are noticed at once."""

import os

import pytest

from zpack.codecs import CheckedEncoder, Encoder, Miscoded

CONTENT = memoryview(os.urandom(1 << 20) + bytes(1 << 20))


class Liar(Encoder):
    """Codes something else, or spoils what it coded."""

    def __init__(self, change) -> None:
        super().__init__(1)
        self._change = change

    def encode(self, content, check):
        return self._change(bytes(super().encode(content, check)))


def flip(frame: bytes, at: int) -> bytes:
    return frame[:at] + bytes([frame[at] ^ 1]) + frame[at + 1 :]


def test_good_frames_pass_as_they_are() -> None:
    for level in (1, 3, 12):
        plain = Encoder(level).encode(CONTENT, lambda: None)
        assert CheckedEncoder(Encoder(level)).encode(CONTENT, lambda: None) == plain


@pytest.mark.parametrize(
    "change",
    [
        lambda frame: flip(frame, 0),
        lambda frame: flip(frame, 500_000),
        lambda frame: flip(frame, len(frame) - 1),
        lambda frame: frame[:-5],
        lambda frame: b"",
        lambda frame: Encoder(1).encode(CONTENT[:-512], lambda: None),
        lambda frame: Encoder(1).encode(memoryview(bytes(len(CONTENT))), lambda: None),
    ],
)
def test_bad_frames_do_not(change) -> None:
    with pytest.raises(Miscoded):
        CheckedEncoder(Liar(change)).encode(CONTENT, lambda: None)
