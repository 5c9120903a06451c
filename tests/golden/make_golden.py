"""Makes the archives of this folder: ``PYTHONPATH=core python -m tests.golden.make_golden``
(and a folder, to make them elsewhere).

The same bytes each time from the same versions of the programs. Archives that are here stay as
they are, whatever the programs of tomorrow write: add another rather than change one.
"""

import io
import os
import struct
import subprocess
import sys
import tarfile
import tempfile
from array import array
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import zstandard

from tests.core.codecs.frames import skippable, zstd
from tests.core.codecs.lz4_peers import by_program as lz4_program
from tests.core.native.parts import Content, Parts, make_archive, put_together, take_apart
from tests.core.native.records import with_record
from tests.fuzz.test_escapes import ESCAPES, archive_of
from tests.golden.page import vector_bytes
from zpack.codecs import Encoder
from zpack.entries import Attributes, Device, Holes, Kind, ListingBuilder
from zpack.jobs import Control
from zpack.native.frame_pool import FramePool
from zpack.native.lz4_profile import TAR_LZ4
from zpack.native.writer import ArchiveWriter
from zpack.tar import write_extras

HERE = Path(__file__).parent
TIME = 1_700_000_000
OURS = Content(
    files={
        b"a.txt": b"alpha\n" * 50,
        b"none": b"",
        b"numbers": bytes(range(256)) * 20,
        "\u00fcml\u00e4ut".encode(): b"x",
    },
    hard={b"same as a": b"a.txt"},
    soft={b"to a": b"a.txt"},
    folders=(b"folder",),
)
# Rows of OURS in tree order.
A, FOLDER, NONE, NUMBERS, SAME, TO_A, UML = range(1, 8)


def ours() -> bytes:
    return make_archive(OURS, capacity=4096)


def rare(nodes: tuple[tuple[bytes, Attributes], ...] = ()) -> bytes:
    """Files with what few have: attributes and an ACL that only repeats the mode (so that no disk
    refuses them), holes in either form; and nodes."""
    content = b"data" * 2048 + bytes(16384) + b"data" * 10
    dense = Holes(array("Q", [8192]), array("Q", [16384]))
    packed = replace(dense, packed=True)
    acl = {b"access": b"user::rw-,group::r--,other::r--"}
    extras = write_extras({b"trusted.bin": bytes(range(256)), b"trusted.=%": b""}, acl)
    rows, out, control = ListingBuilder(), bytearray(), Control()
    files = {
        b"attributes": (Attributes(Kind.FILE, 0o644, 0, TIME, extras=extras), b""),
        b"dense": (Attributes(Kind.FILE, 0o644, len(content), TIME, holes=dense), content),
        b"packed": (
            Attributes(Kind.FILE, 0o644, len(content), TIME, holes=packed),
            content[:8192] + content[-40:],
        ),
    }
    places = {name: rows.append(0, name, each) for name, (each, _) in files.items()}
    places |= {name: rows.append(0, name, each) for name, each in nodes}
    with FramePool(out.extend, lambda: Encoder(1), 1 << 16, 1, control) as pool:
        writer = ArchiveWriter(pool, 1 << 16, rows, out.extend, control.check)
        for name, (attributes, data) in files.items():
            source = io.BytesIO(data).readinto
            writer.add_file(places[name], name, attributes, source, lambda _: None)
        for name, _ in nodes:
            writer.add_entry(places[name], name)
        writer.begin_folders()
        writer.finish(rows, writer.digests)
    return bytes(out)


NULL = ((b"zero", Attributes(Kind.CHARACTER_DEVICE, 0o666, device=Device(1, 5))),)


def rare_lying(column: str, at: int, value: int) -> bytes:
    parts = take_apart(rare(NULL))
    parts.values(column)[at] = value
    return put_together(parts)


def plain_tar(form: int = tarfile.PAX_FORMAT, content: bytes = b"alpha") -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=form) as archive:
        for name, data in (("d", None), ("d/a.txt", content), ("d/" + "n" * 120, b"long name")):
            info = tarfile.TarInfo(name)
            info.mtime, info.mode = TIME, 0o755 if data is None else 0o644
            info.type = tarfile.DIRTYPE if data is None else tarfile.REGTYPE
            info.size = len(data or b"")
            archive.addfile(info, io.BytesIO(data or b""))
    return made.getvalue()


def by_program(*command: str) -> bytes:
    """An archive of a small tree, in the time and with the owners that each machine has."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "d").mkdir()
        (Path(folder) / "d" / "a.txt").write_bytes(b"alpha")
        os.symlink("a.txt", Path(folder) / "d" / "link")
        for path in ("d/a.txt", "d/link", "d"):
            os.utime(Path(folder) / path, (TIME, TIME), follow_symlinks=False)
        (Path(folder) / "d").chmod(0o755)
        (Path(folder) / "d" / "a.txt").chmod(0o644)
        return subprocess.run([*command, "d"], cwd=folder, capture_output=True, check=True).stdout


def in_frames(tar: bytes, size: int) -> bytes:
    coder = zstandard.ZstdCompressor(write_checksum=True)
    return b"".join(coder.compress(tar[at : at + size]) for at in range(0, len(tar), size))


def lying(change: Callable[[Parts], object], **lies: Callable[..., object]) -> bytes:
    parts = take_apart(ours())
    change(parts)
    return put_together(parts, **lies)


def honest(parts: Parts) -> None:
    """Nothing is changed in the columns."""


def put(column: str, row: int, value: int) -> Callable[[Parts], object]:
    return lambda parts: parts.values(column).__setitem__(row, value)


def at(place: int, code: str, value: int) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        made = bytearray(data)
        struct.pack_into(code, made, place, value)
        return bytes(made)

    return change


def overlapping(parts: Parts) -> None:
    for column in ("frame", "offset"):
        parts.values(column)[NUMBERS] = parts.values(column)[A]


def renamed(parts: Parts) -> None:
    names = parts.columns["names"]
    parts.columns["names"] = replace(names, data=bytes(names.data).replace(b"none", b"nope"))


def with_slash(parts: Parts) -> None:
    names = parts.columns["names"]
    parts.columns["names"] = replace(names, data=bytes(names.data).replace(b"none", b"n/ne"))


def bomb(parts: Parts) -> None:
    """A column that says it is as large as can be, for all that follows in it."""
    parts.rows = 0xFFFFFFFE
    parts.columns["size"] = replace(parts.columns["size"], data=array("Q", [0]))


def ours_lz4() -> bytes:
    return make_archive(OURS, capacity=4096, profile=TAR_LZ4)


def lying_lz4(change: Callable[[Parts], object], **lies: Callable[..., object]) -> bytes:
    parts = take_apart(ours_lz4())
    change(parts)
    return put_together(parts, **lies)


def protected(plain: bytes) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return with_record(plain, Path(folder), 10)[0]


def with_byte(data: bytes, what: bytes, after: int) -> bytes:
    """A bit flipped, so many bytes after the last of ``what``."""
    changed = bytearray(data)
    changed[data.rindex(what) + after] ^= 1
    return bytes(changed)


def without_tail(parts: Parts) -> bytes:
    return b"".join((parts.head, *parts.frames, parts.end))


def with_end(end: bytes) -> Callable[[Parts], object]:
    return lambda parts: setattr(parts, "end", end)


GOOD: dict[str, Callable[[], bytes]] = {
    "proven-hello": lambda: vector_bytes("archive"),
    "proven-mixed": ours,
    "proven-rare": rare,
    "proven-recovery": lambda: protected(ours()),
    "proven-recovery.tar.lz4": lambda: protected(ours_lz4()),
    "proven-empty": lambda: make_archive(Content()),
    "checked-gnu-tar": lambda: zstd(
        by_program("tar", "--owner=ann:1000", "--group=users:100", "--sort=name", "-cf", "-")
    ),
    "checked-bsdtar": lambda: zstd(
        by_program("bsdtar", "--uid=1000", "--gid=100", "--uname=a", "--gname=u", "-cf", "-")
    ),
    "checked-python-pax": lambda: in_frames(plain_tar(), 1 << 20),
    "checked-python-gnu": lambda: in_frames(plain_tar(tarfile.GNU_FORMAT), 1 << 20),
    "checked-many-frames": lambda: in_frames(plain_tar(), 700),
    "checked-skippable-frame-last": lambda: in_frames(plain_tar(), 4096) + skippable(b"by others"),
    "checked-skippable-frame-first": lambda: skippable(b"pzst") + in_frames(plain_tar(), 4096),
    "readable-without-checksums": lambda: zstd(plain_tar(), "--no-check"),
    "proven-hello.tar.lz4": lambda: vector_bytes("archive-lz4"),
    "proven-mixed.tar.lz4": ours_lz4,
    "proven-to-a-pipe.tar.lz4": lambda: make_archive(
        OURS, capacity=4096, profile=TAR_LZ4, rewritable=False
    ),
    "checked-default.tar.lz4": lambda: lz4_program(plain_tar()),
    "checked-dependent.tar.lz4": lambda: lz4_program(
        plain_tar(content=b"a line of text\n" * 9000), "-BD", "-B4"
    ),
    "checked-block-checksums.tar.lz4": lambda: lz4_program(plain_tar(), "-BX", "--no-frame-crc"),
    "checked-many-frames.tar.lz4": lambda: (
        skippable(b"first") + lz4_program(plain_tar()[:700]) + lz4_program(plain_tar()[700:], "-BD")
    ),
    "readable-legacy.tar.lz4": lambda: lz4_program(plain_tar(), "-l"),
    "readable-without-checksums.tar.lz4": lambda: lz4_program(plain_tar(), "--no-frame-crc"),
    "checked-notes.txt.zst": lambda: zstd(b"just text, no tar\n" * 9),
    "checked-notes.txt.lz4": lambda: lz4_program(b"just text, no tar\n" * 9),
    "readable-notes.txt.lz4": lambda: lz4_program(b"just text, no tar\n" * 9, "-l"),
    "readable-v7": lambda: zstd(by_program("tar", "--format=v7", "-cf", "-"), "--no-check"),
}

BAD: dict[str, Callable[[], bytes]] = {
    "damaged-recovery-head": lambda: with_byte(protected(ours()), b"zpkrecov", 20),
    "damaged-recovery-page": lambda: with_byte(protected(ours()), b"zpkrecov", 90),
    "damaged-recovery-share": lambda: with_byte(protected(ours()), b"zpkrecov", -50),
    "damaged-without-seek-table": lambda: ours()[: -(17 + 8 * ours()[-9])],
    "lost-without-tail": lambda: b"".join(take_apart(ours()).frames),
    "damaged-cut-in-seek-table": lambda: ours()[:-1],
    "damaged-cut-in-locator": lambda: ours()[: -(17 + 8 * ours()[-9]) - 50],
    "damaged-cut-in-frame": lambda: ours()[:700],
    "damaged-index-mode": lambda: lying(put("mode", A, 0o777)),
    "damaged-index-size": lambda: lying(put("size", A, 301)),
    "damaged-index-name": lambda: lying(renamed),
    "damaged-index-kind": lambda: lying(put("kind", SAME, 2)),
    "damaged-index-slash": lambda: lying(with_slash),
    "damaged-link-through-link": lambda: archive_of(ESCAPES["a link through a link"]),
    "damaged-file-through-link": lambda: archive_of(ESCAPES["a file through a link on the disk"]),
    "damaged-index-frame": lambda: lying(put("frame", NUMBERS, 1000)),
    "damaged-overlap": lambda: lying(overlapping),
    "damaged-cycle": lambda: lying(put("parent", FOLDER, FOLDER)),
    "damaged-bomb": lambda: lying(bomb),
    "damaged-attributes": lambda: rare_lying("extras", -2, 0x41),
    "damaged-device": lambda: rare_lying("device_minor", 0, 3),
    "damaged-map-of-holes": lambda: rare_lying("hole_start", 1, 4096),
    "damaged-hole-past-the-end": lambda: rare_lying("hole_size", 0, 1 << 60),
    "damaged-form-of-holes": lambda: rare_lying("hole_form", 0, 1),
    "damaged-digest": lambda: lying(lambda p: setattr(p, "digests", bytes(len(p.digests)))),
    "damaged-digests-reserved-tag": lambda: lying(honest, proof=at(8, "<Q", 0)),
    "damaged-locator-reserved-flag": lambda: lying(honest, packed=at(20, "<I", 5)),
    "damaged-locator-reserved-field": lambda: lying(honest, packed=at(120, "<Q", 1)),
    "damaged-index-reserved-field": lambda: lying(honest, index=at(24 + 12, "<I", 1)),
    "newer-locator": lambda: lying(honest, packed=at(16, "<H", 2)),
    "newer-index": lambda: lying(honest, index=at(16, "<H", 2)),
    "unreadable-first-frame": lambda: ours()[:30] + bytes(40) + ours()[70:400],
    "refused-single-file": lambda: zstd(b"just text, no tar\n" * 9),
    "lost-without-tail.tar.lz4": lambda: without_tail(take_apart(ours_lz4())),
    "damaged-cut-in-block.tar.lz4": lambda: ours_lz4()[:700],
    "damaged-cut-in-locator.tar.lz4": lambda: ours_lz4()[:-1],
    "damaged-header.tar.lz4": lambda: b"\x04\x22\x4d\x18\x6c\x60" + ours_lz4()[6:],
    "damaged-end-mark.tar.lz4": lambda: lying_lz4(with_end(b"\1" + bytes(7))),
    "damaged-content-checksum.tar.lz4": lambda: lying_lz4(honest, packed=at(120, "<I", 0)),
    "damaged-block-length.tar.lz4": lambda: lying_lz4(
        lambda p: p.frames.__setitem__(1, b"\xff\xff\xff\x7f" + p.frames[1][4:])
    ),
    "damaged-digest.tar.lz4": lambda: lying_lz4(
        lambda p: setattr(p, "digests", bytes(len(p.digests)))
    ),
    "damaged-other-profile.tar.lz4": lambda: lying_lz4(honest, packed=at(20, "<I", 1)),
    "newer-locator.tar.lz4": lambda: lying_lz4(honest, packed=at(16, "<H", 2)),
    "damaged-notes.txt.lz4": lambda: lz4_program(b"just text, no tar\n" * 9)[:-1] + b"x",
    "refused-noise.zst": lambda: b"\x28\xb5\x2f\xfd" + bytes(range(200)),
    "refused-zip": lambda: b"PK\x05\x06" + bytes(18),
    "refused-noise": lambda: bytes(range(200)),
    "refused-empty": lambda: b"",
}


def file_name(name: str) -> str:
    return name if name.endswith((".zst", ".lz4")) else f"{name}.tar.zst"


def main(folder: Path) -> None:
    for name, make in (GOOD | BAD).items():
        path = folder / file_name(name)
        if not path.exists():
            path.write_bytes(make())
            sys.stdout.write(f"{path.name}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else HERE)
