"""Damage to an archive that lies in volumes: each is a file that is damaged, or missing."""

from collections.abc import Sequence
from pathlib import Path

from benchmarks.damage_lab.edits import Edit, apply


def split_edits(edits: Sequence[Edit], sizes: Sequence[int]) -> list[list[Edit]]:
    """The edits of each of some files that follow one another, in its own offsets. What is put in
    goes to the file in which an edit begins."""
    own: list[list[Edit]] = []
    begin = 0
    for number, size in enumerate(sizes):
        end, is_last = begin + size, number == len(sizes) - 1
        own.append(
            [_within(edit, begin, end) for edit in edits if _touches(edit, begin, end, is_last)]
        )
        begin = end
    return own


def _touches(edit: Edit, begin: int, end: int, is_last: bool) -> bool:
    begins_here = begin <= edit.start and (edit.start < end or is_last)
    return begins_here or edit.start < begin < edit.end


def _within(edit: Edit, begin: int, end: int) -> Edit:
    start, stop = max(edit.start, begin), min(edit.end, max(end, edit.start))
    content = edit.content if edit.start >= begin else b""
    if edit.keeps_length:
        content = edit.content[start - edit.start : stop - edit.start]
    return Edit(start - begin, stop - begin, content)


def write_volumes(
    archive: Path, edits: Sequence[Edit], volume: int, missing: set[int], target: Path
) -> list[Path]:
    """Write those that are not missing (numbers from 0), named after ``target``."""
    written = []
    sizes = _sizes(archive.stat().st_size, volume)
    for number, own in enumerate(split_edits(edits, sizes)):
        if number in missing:
            continue
        path = Path(f"{target}.{number + 1:03}")
        piece = path.with_suffix(".piece")
        with archive.open("rb") as file:
            file.seek(number * volume)
            piece.write_bytes(file.read(volume))
        apply(piece, own, path)
        piece.unlink()
        written.append(path)
    return written


def joined_edits(edits: Sequence[Edit], size: int, volume: int, missing: set[int]) -> list[Edit]:
    """What became of the archive, if volumes are taken to be as large as the largest, with zeros
    for what they lack."""
    sizes = _sizes(size, volume)
    own = split_edits(edits, sizes)
    lengths = {
        number: length + sum(len(edit.content) - (edit.end - edit.start) for edit in own[number])
        for number, length in enumerate(sizes)
        if number not in missing
    }
    full, last = max(lengths.values()), max(lengths)
    joined: list[Edit] = []
    for number, length in enumerate(sizes):
        begin, end = number * volume, number * volume + length
        if number in missing:
            joined.append(Edit(begin, end, bytes(full if number < last else 0)))
            continue
        joined += (Edit(begin + edit.start, begin + edit.end, edit.content) for edit in own[number])
        if number < last and lengths[number] < full:
            joined.append(Edit(end, end, bytes(full - lengths[number])))
    return joined


def _sizes(size: int, volume: int) -> list[int]:
    return [min(volume, size - at) for at in range(0, size, volume)]
