"""Messages on a byte stream."""

import io

import pytest

from tests.core.worker.peers import frame
from zpack.worker import wire


def there_and_back(kind: bytes, payload: bytes) -> tuple[bytes, bytes]:
    stream = io.BytesIO()
    wire.write_message(stream, kind, payload)
    stream.seek(0)
    message = wire.read_message(stream)
    assert wire.read_message(stream) is None
    return message


@pytest.mark.parametrize("kind", [wire.CONTROL, wire.LISTING, wire.PROGRESS])
@pytest.mark.parametrize("size", [0, 1, 1 << 20, (1 << 20) + 1])
def test_there_and_back(kind, size):
    assert there_and_back(kind, b"x" * size) == (kind, b"x" * size)


def test_layout():
    stream = io.BytesIO()
    wire.write_message(stream, wire.CONTROL, b"{}")
    assert stream.getvalue() == b"\3\0\0\0J{}"


def test_the_longest_control_message():
    longest = b" " * (wire.MAX_CONTROL - 1)
    assert there_and_back(wire.CONTROL, longest) == (wire.CONTROL, longest)
    with pytest.raises(wire.WireError):
        wire.write_message(io.BytesIO(), wire.CONTROL, longest + b" ")
    with pytest.raises(wire.WireError):
        wire.read_message(io.BytesIO(frame(wire.CONTROL, longest + b" ")))


@pytest.mark.parametrize(
    "data",
    [b"\0", b"\1\0\0", b"\0\0\0\0", b"\1\0\0\0", b"\2\0\0\0J", b"\2\0\0\0Xx", b"\1\0\0\x40L"],
)
def test_nonsense(data):
    with pytest.raises(wire.WireError):
        wire.read_message(io.BytesIO(data))


def test_a_lie_about_the_length_takes_no_memory():
    class Liar(io.BytesIO):
        asked = 0

        def read(self, size: int = -1) -> bytes:
            self.asked = max(self.asked, size)
            return super().read(size)

    liar = Liar((wire.MAX_MESSAGE).to_bytes(4, "little") + b"Lshort")
    with pytest.raises(wire.WireError, match="cut off"):
        wire.read_message(liar)
    assert liar.asked <= 1 << 20


def test_json_with_bytes_that_are_not_utf8():
    payload = wire.encode_json({"path": "b\udcff grüße"})
    assert payload == b'{"path":"b\\udcff gr\\u00fc\\u00dfe"}'
    assert wire.decode_json(payload) == {"path": "b\udcff grüße"}


@pytest.mark.parametrize(
    "payload", [b"", b"{", b"1", b"null", b"[]", b'{"a": Infinity}', b"\xff", b"[" * 100_000]
)
def test_json_that_is_none(payload):
    with pytest.raises(wire.WireError):
        wire.decode_json(payload)
