"""What the fuzzers begin with, and what they have found that matters: files in ``corpus/TARGET/``.

``python -m tests.fuzz.corpus`` writes the beginnings anew, from the golden archives.
"""

import io
import struct
from pathlib import Path

import lz4.frame

from tests.core.native.parts import take_apart
from tests.core.tar.tars import block, extended, record
from tests.core.tar.test_hostile_tars import whole_tar
from tests.fuzz.targets import GOLDEN, TARGETS
from zpack.codecs import decompress
from zpack.entries import ROOT, Attributes, Kind, ListingBuilder, encode_columns
from zpack.jobs import Choice
from zpack.tar import acl_from_text, write_extras
from zpack.worker.listing_message import encode_listing
from zpack.worker.messages import Reply, Start, encode_message
from zpack.worker.wire import CONTROL, LISTING, write_message

FORMS_OF_HOLES = tuple(
    extended(b"".join(record(b"GNU.sparse." + key, value) for key, value in pairs))
    + block(size=b"%011o" % len(content))
    + content
    for content, pairs in (
        (
            b"1\n512\n512\n".ljust(1024, b"\0"),
            ((b"major", b"1"), (b"minor", b"0"), (b"name", b"one"), (b"realsize", b"4096")),
        ),
        (bytes(512), ((b"size", b"4096"), (b"name", b"two"), (b"map", b"512,512,4096,0"))),
        (bytes(512), ((b"size", b"4096"), (b"offset", b"512"), (b"numbytes", b"512"))),
    )
)
CORPUS = Path(__file__).parent / "corpus"
_MOST = 40_000  # bytes of one file


def corpus(target: str) -> list[bytes]:
    """All files of a target, in the order of their names."""
    folder = CORPUS / target
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    return [path.read_bytes() for path in paths if path.is_file()]


def beginnings(target: str) -> dict[str, bytes]:
    """Well-formed examples, by name."""
    archives = {path.stem: path.read_bytes() for path in sorted(GOLDEN.glob("*.tar.zst"))}
    ours = archives["proven-mixed.tar"]
    count = struct.unpack("<I", ours[-9:-5])[0]
    table = len(ours) - 8 * count - 17
    parts = take_apart(ours)
    content = b"".join(map(decompress, parts.frames, parts.dsizes))
    where = ours.index(b"zpkindex") - 8
    digests = ours.index(b"zpkdigst") - 8
    if target in ("tar", "packed_tar"):
        pax = extended(record(b"path", b"p" * 300)) + block()
        sparse = block(type=b"S", size=b"0") + bytes(512)
        return {
            "ours": content,
            "many": whole_tar(),
            "pax": pax,
            "sparse": sparse,
            "holes": b"".join(FORMS_OF_HOLES),
        }
    return {
        "acl": _acls(),
        "columns": {"ours": encode_columns(parts.rows, parts.columns.values(), bytes)},
        "index": {"ours": ours[where + 24 : digests]},
        "sections": {"index": ours[where:digests], "digests": ours[digests : table - 136]},
        "locator": {"ours": ours[table - 136 : table]},
        "seek_table": {"ours": ours[table:]},
        "zstd_frames": {name: data for name, data in archives.items() if len(data) < 2000},
        "lz4_frames": _lz4(content[:5000]),
        "streams": {name: b"\x05" + data for name, data in _lz4(content[:5000]).items()},
        "messages": {"all": _messages()},
        "archive": {name: data for name, data in archives.items() if len(data) < _MOST},
        "edits": {"delete": bytes(9), "rename": b"\1" + bytes(8), "mkdir": b"\2" + bytes(8)},
        "recovery_head": {"ours": _head(archives["proven-recovery.tar"])},
        "repairing": {
            name: data
            for name, data in archives.items()
            if "recovery" in name or "mixed" in name or "cut" in name
        },
        "lost_locator": {"nothing": bytes(8), "some": bytes(range(64))},
        "lying_record": {"nothing": bytes(8), "some": bytes(range(64))},
        "lying_index": {"nothing": bytes(8), "some": bytes(range(64))},
    }[target]


def _head(archive: bytes) -> bytes:
    at = archive.index(b"zpkrecov") - 8
    return archive[at : at + 80]


def _acls() -> dict[str, bytes]:
    text = b"user::rw-,user:ann:rw-:1000,group::r--,group:5:r-x,mask::rw-,other::r--"
    value = acl_from_text(text, lambda _: None, lambda _: None)
    extras = write_extras({b"user.a=%": b"\0\xff"}, {b"access": text})
    lines = b"u::rw-\t#effective:rw-\ndefault:g:7:r--\nmask:rwx\nother:---\n"
    return {"text": text, "lines": lines, "value": value, "extras": extras}


def _lz4(content: bytes) -> dict[str, bytes]:
    made = {
        "plain": lz4.frame.compress(content),
        "linked": lz4.frame.compress(content, block_linked=True, block_checksum=True),
        "sums": lz4.frame.compress(content, content_checksum=True, store_size=True),
    }
    legacy = struct.pack("<II", 0x184C2102, 11) + b"\xa0hello hell"
    return made | {"legacy": legacy, "two": made["plain"] + made["sums"]}


def _messages() -> bytes:
    out = io.BytesIO()
    write_message(out, CONTROL, encode_message(Start(1, "list", {"archive": "a"})))
    write_message(out, CONTROL, encode_message(Reply(3, Choice.SKIP, for_all=True)))
    rows = ListingBuilder()
    rows.append(ROOT, b"file", Attributes(Kind.FILE, 0o644, 5))
    write_message(out, LISTING, encode_listing(rows.build()))
    return out.getvalue()


def write() -> None:
    """The beginnings of all targets."""
    for target in TARGETS:
        folder = CORPUS / target
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in beginnings(target).items():
            (folder / f"{name}.bin").write_bytes(data[:_MOST])


if __name__ == "__main__":
    write()
