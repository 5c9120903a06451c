"""Every parser of hostile bytes, as a function of bytes: what it may raise is caught, and whatever
else comes out is a bug. What a parser gives is looked at to its end, within bounds."""

import contextlib
import io
import os
import re
import shutil
import tempfile
from array import array
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path

import xxhash

from tests.core.native.parts import Parts, put_together, take_apart
from zpack.codecs import (
    CodecError,
    FrameError,
    FrameStream,
    FrameTable,
    Lz4FrameReader,
    SeekTableError,
    StreamDecoder,
    WalkError,
    compress,
    decode_seek_table,
    seek_table_length,
    walk_frames,
    walk_lz4_frames,
)
from zpack.entries import (
    Column,
    ColumnError,
    Listing,
    ListingError,
    check_listing,
    decode_columns,
    listing_from_columns,
)
from zpack.errors import ZpackError
from zpack.jobs import Control
from zpack.native.index import decode_digests, decode_index
from zpack.native.layout import DIGESTS_TAG, INDEX_TAG, LayoutError, decode_section, section_frames
from zpack.native.locator import decode_locator
from zpack.native.recovery_geometry import decode_head
from zpack.operations import (
    AssessDamageRequest,
    DeleteRequest,
    ExtractRequest,
    InfoRequest,
    ListRequest,
    MakeFolderRequest,
    OnConflict,
    Proof,
    RenameRequest,
    RepairRequest,
    VerifyRequest,
    assess_damage,
    delete,
    extract,
    info,
    list_archive,
    make_folder,
    rename,
    repair,
    verify,
)
from zpack.tar import (
    AclError,
    BlockReader,
    EntryReader,
    TarError,
    acl_from_text,
    acl_to_text,
    read_extras,
    write_extras,
)
from zpack.worker.listing_message import decode_listing
from zpack.worker.messages import WINDOW_SAYS, WORKER_SAYS, decode_message
from zpack.worker.wire import CONTROL, LISTING, WireError, read_message

GOLDEN = Path(__file__).parents[1] / "golden"
_MOST_ROWS = 10_000
_MOST_CONTENT = 8 << 20
_PIECE = 64 << 10


def tar(data: bytes) -> None:
    """Headers of any kind, with all that they describe."""
    blocks = BlockReader(io.BytesIO(data).readinto)
    reader = EntryReader(blocks)
    with contextlib.suppress(TarError):
        while (header := reader.next()) is not None:
            blocks.skip(header.stored)
            reader.finish(header)
            assert blocks.position <= len(data)


def acl(data: bytes) -> None:
    """Access control lists, as text and as the system has them; attributes as records."""
    with contextlib.suppress(AclError):
        acl_to_text(acl_from_text(data, _id_of, _id_of), _name_of, _name_of)
    with contextlib.suppress(AclError):
        acl_to_text(data, _name_of, _name_of)
    with contextlib.suppress(TarError):
        write_extras(*read_extras(data))


def _id_of(name: bytes) -> int | None:
    return 7 if name == b"ann" else None


def _name_of(number: int) -> bytes:
    return b"ann" if number == 7 else b""


def columns(data: bytes) -> None:
    """The columns of a listing, as they are: no checksum stops what is changed."""
    with contextlib.suppress(ColumnError):
        rows, found = decode_columns(data, lambda stored, length: bytes(stored))
        _walk(listing_from_columns(rows, found))


def index(data: bytes) -> None:
    """The body of an index, its columns packed."""
    with contextlib.suppress(LayoutError):
        _walk(decode_index(data)[0])


def _walk(listing: Listing) -> None:
    with contextlib.suppress(ListingError, IndexError):  # as a listing says that it does
        for row, _ in islice(listing.walk(), _MOST_ROWS):
            listing.attributes(row)
            listing.link(row)
            listing.hard_link_target(row)
            listing.superseded(row)
            listing.path(row)
    with contextlib.suppress(ListingError):
        check_listing(listing)
        assert sum(1 for _ in islice(listing.walk(), _MOST_ROWS)) <= len(listing)


def sections(data: bytes) -> None:
    """Skippable frames of a section, and what is in one of digests."""
    for tag in (INDEX_TAG, DIGESTS_TAG):
        with contextlib.suppress(LayoutError):
            body = decode_section(tag, data)
            assert sum(section_frames(data)) == len(data)
            decode_digests(memoryview(body), 3)


def locator(data: bytes) -> None:
    """A locator, as it is and with the checksum that belongs to it."""
    summed = data[:-8] + xxhash.xxh3_64_intdigest(data[8:-8]).to_bytes(8, "little")
    for each in (data, summed):
        with contextlib.suppress(LayoutError):
            found = decode_locator(each)
            assert found.index.end >= found.index.offset


def seek_table(data: bytes) -> None:
    """A seek table, and the length that its end tells."""
    with contextlib.suppress(SeekTableError):
        assert seek_table_length(data[-9:]) >= 17
        table = decode_seek_table(data)
        assert len(table.csizes) == len(table.dsizes)
        assert 8 * len(table.csizes) <= len(data)


def zstd_frames(data: bytes) -> None:
    """Frame after frame, found by their headers and decoded."""
    with contextlib.suppress(WalkError):
        for span in walk_frames(_pread(data), len(data)):
            assert span.length > 0
            if not span.skippable and not span.dictionary and span.window <= _MOST_CONTENT:
                _decode(data, span.offset, span.length, span.content)


def _decode(data: bytes, offset: int, length: int, content: int | None) -> None:
    size = 0xFFFFFFFFFFFFFFFF if content is None else content
    frames = FrameTable(array("Q", [offset]), array("Q", [length]), array("Q", [size]), None)
    stream = FrameStream(_pread(data), frames, 0, 1, check_stored=False)
    given, view = 0, memoryview(bytearray(_PIECE))
    with contextlib.suppress(FrameError):
        while (count := stream.readinto(view)) and given < _MOST_CONTENT:
            given += count


def lz4_frames(data: bytes) -> None:
    """The same for LZ4, legacy frames among them."""
    with contextlib.suppress(WalkError):
        for span in walk_lz4_frames(_pread(data), len(data)):
            assert span.length > 0
            if not span.skippable and not span.dictionary:
                source = io.BytesIO(data[span.offset : span.offset + span.length])
                _drain(Lz4FrameReader(source.read).readinto)
    _drain(Lz4FrameReader(io.BytesIO(data).read).readinto)


def _drain(readinto: "Callable[[memoryview[int]], int]") -> None:
    given, view = 0, memoryview(bytearray(_PIECE))
    with contextlib.suppress(CodecError):
        while (count := readinto(view)) and given < _MOST_CONTENT:
            given += count


def streams(data: bytes) -> None:
    """A stream of frames of any kind, fed in pieces whose length the first byte tells."""
    step = 1 + 7 * data[0] if data else 1
    decoder, given = StreamDecoder(), 0
    with contextlib.suppress(CodecError):
        for at in range(1, len(data), step):
            for piece in decoder.feed(data[at : at + step]):
                given += len(piece)
                if given > _MOST_CONTENT:
                    return
        decoder.finish()


def messages(data: bytes) -> None:
    """What a worker and its window say to each other, after its first byte."""
    source = io.BytesIO(data)
    with contextlib.suppress(WireError):
        while (message := read_message(source)) is not None:
            kind, payload = message
            if kind == LISTING:
                _walk(decode_listing(payload))
            elif kind == CONTROL:
                decode_message(payload, WINDOW_SAYS | WORKER_SAYS)


def _pread(data: bytes) -> Callable[[int, int], bytes]:
    return lambda length, offset: data[offset : offset + length]


def recovery_head(data: bytes) -> None:
    """The head of a recovery frame, as it is and with the checksum that belongs to it."""
    summed = data[:72] + xxhash.xxh3_64_intdigest(data[:72]).to_bytes(8, "little")
    for each in (data, summed):
        with contextlib.suppress(LayoutError):
            geometry, part = decode_head(each)
            assert geometry.group_data + geometry.recovery <= 256
            assert geometry.protected < geometry.part_at(part) + 1 <= geometry.end
            assert geometry.share_at(geometry.shares - 1) + geometry.share_size <= geometry.end


# --- Whole files ---------------------------------------------------------------------------------


def archive(data: bytes) -> None:
    """A file of any content through every verb that reads."""
    with _folder() as folder:
        path = folder / "archive"
        path.write_bytes(data)
        beside = folder / "beside"
        beside.write_bytes(b"sentinel")
        requests = (
            lambda: list_archive(ListRequest(str(path)), Control()),
            lambda: info(InfoRequest(str(path)), Control()),
            lambda: verify(VerifyRequest(str(path), 1), Control()),
            lambda: extract(
                ExtractRequest(
                    str(path), str(folder / "out"), conflict=OnConflict.RENAME, threads=1
                ),
                Control(),
            ),
        )
        for request in requests:
            with contextlib.suppress(ZpackError):
                request()
        assert {each.name for each in folder.iterdir()} <= {"archive", "beside", "out"}
        assert beside.read_bytes() == b"sentinel"


def packed_tar(data: bytes) -> None:
    """A tar in a frame that is right in itself: so that what is in it is read."""
    archive(compress(data))


def lying_index(data: bytes) -> None:
    """An archive whose index says what ``data`` says: edits of its columns, eight bytes each, with
    all checksums made anew."""
    parts = take_apart(_example())
    names = sorted(parts.columns)
    for at in range(0, min(len(data), 64) - 7, 8):
        _edit(parts, names[data[at] % len(names)], data[at + 1 : at + 8])
    archive(put_together(parts))


def edits(data: bytes) -> None:
    """Such an archive, changed by the verb that the first byte tells: what was proven is proven,
    and what was not is not made to look so."""
    parts = take_apart(_example())
    names = sorted(parts.columns)
    for at in range(1, min(len(data), 33) - 7, 8):
        _edit(parts, names[data[at] % len(names)], data[at + 1 : at + 8])
    with _folder() as folder:
        path = str(folder / "archive")
        before = put_together(parts)
        Path(path).write_bytes(before)
        verbs = (
            lambda: delete(DeleteRequest(path, ("folder", "a.txt")), Control()),
            lambda: rename(RenameRequest(path, "same as a", "moved/b"), Control()),
            lambda: make_folder(MakeFolderRequest(path, ("folder/new", "other")), Control()),
        )
        proof, files_are_good = _verified(path)
        verb = data[0] % len(verbs) if data else 0
        with contextlib.suppress(ZpackError):
            verbs[verb]()
        assert [each.name for each in folder.iterdir()] == ["archive"]
        after, _ = _verified(path)
        if proof is Proof.PROVEN:
            assert after is Proof.PROVEN
        elif verb:  # by deleting, what was damaged may be just what has gone
            assert after is not Proof.PROVEN or files_are_good


def repairing(data: bytes) -> None:
    """A file of any content is looked at, and repaired: what it tells before is what it does, and
    the damaged file stays."""
    with _folder() as folder:
        path, fixed = folder / "archive", folder / "fixed.tar.zst"
        path.write_bytes(data)
        told = None
        with contextlib.suppress(ZpackError):
            told = assess_damage(AssessDamageRequest(str(path)), Control())
        with contextlib.suppress(ZpackError):
            done = repair(RepairRequest(str(path), str(fixed), threads=1), Control())
            assert told is not None
            if told.proof is done.damage.proof is Proof.PROVEN:
                assert told.files == done.damage.files
            verified, _ = _verified(str(fixed))
            assert verified is not Proof.PROVEN or done.damage.proof is Proof.PROVEN
        assert path.read_bytes() == data
        assert {each.name for each in folder.iterdir()} <= {"archive", "fixed.tar.zst"}


def lost_locator(data: bytes) -> None:
    """An index that says what ``data`` says, as for ``lying_index``, in an archive without its end:
    so it is found, and used to repair it."""
    parts = take_apart(_example())
    names = sorted(parts.columns)
    for at in range(0, min(len(data), 64) - 7, 8):
        _edit(parts, names[data[at] % len(names)], data[at + 1 : at + 8])
    repairing(put_together(parts)[:-40])


def lying_record(data: bytes) -> None:
    """An archive whose recovery frames say what ``data`` says: eight bytes each, with all checksums
    made anew."""
    made = bytearray(_protected())
    heads = [at.start() - 8 for at in re.finditer(b"zpkrecov", made)]
    for at in range(0, min(len(data), 64) - 7, 8):
        which, place = data[at] % (len(heads) + 1), 16 + data[at + 1] % 56
        for head in heads if which == len(heads) else heads[which : which + 1]:
            made[head + place : head + place + 6] = data[at + 2 : at + 8]
            head_bytes = bytes(made[head : head + 72])
            sum_ = xxhash.xxh3_64_intdigest(head_bytes)
            made[head + 72 : head + 80] = sum_.to_bytes(8, "little")
    made[300:340] = bytes(40)
    repairing(bytes(made))


def _verified(path: str) -> tuple[Proof | None, bool]:
    """What verifying says, and whether all files are good (only what every change writes anew may
    be damaged, then)."""
    with contextlib.suppress(ZpackError):
        report = verify(VerifyRequest(path, 1), Control())
        return report.proof, report.good == report.files
    return None, False


def _edit(parts: Parts, name: str, how: bytes) -> None:
    place, value = int.from_bytes(how[:2], "little"), int.from_bytes(how[2:], "little")
    column = parts.columns[name]
    if column.type == "B":
        text = bytearray(bytes(column.data))
        text[place % (len(text) + 1) :][:1] = how[2:3]
        if text:
            text[place % len(text)] = how[2]
        parts.columns[name] = Column(name, "B", bytes(text))
        return
    values = parts.values(name)
    if len(values):
        bits = 8 * values.itemsize - (values.typecode in "bhilq")
        values[place % len(values)] = value % (1 << bits)


@cache
def _example() -> bytes:
    return (GOLDEN / "proven-mixed.tar.zst").read_bytes()


@cache
def _protected() -> bytes:
    return (GOLDEN / "proven-recovery.tar.zst").read_bytes()


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    fast = "/dev/shm" if os.path.isdir("/dev/shm") else None
    folder = Path(tempfile.mkdtemp(prefix="zpack-fuzz-", dir=fast))
    try:
        yield folder
    finally:
        for place, _, _ in os.walk(folder):
            os.chmod(place, 0o700)
        shutil.rmtree(folder)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "tar": tar,
    "acl": acl,
    "columns": columns,
    "index": index,
    "sections": sections,
    "locator": locator,
    "seek_table": seek_table,
    "zstd_frames": zstd_frames,
    "lz4_frames": lz4_frames,
    "streams": streams,
    "messages": messages,
    "archive": archive,
    "packed_tar": packed_tar,
    "lying_index": lying_index,
    "edits": edits,
    "recovery_head": recovery_head,
    "repairing": repairing,
    "lying_record": lying_record,
    "lost_locator": lost_locator,
}
