"""A manifest of an archive: the digest of each file, in the form that the usual tools check."""

import time
from collections.abc import Callable, Iterator

from zpack.entries import Kind, Listing
from zpack.errors import ArchiveDamaged, Explanation
from zpack.jobs import Control, Outcome, core_count
from zpack.native.archive import Archive
from zpack.native.index import DIGEST_SIZE
from zpack.operations.limits import LimitGuard
from zpack.operations.manifest_hashes import RowHashes
from zpack.operations.manifest_lines import Algorithm, manifest_line
from zpack.operations.opening import open_for
from zpack.operations.pipe_reading import Output
from zpack.operations.proof_state import description_problems
from zpack.operations.reports import ManifestReport
from zpack.operations.request_types import check_types
from zpack.operations.requests import ManifestRequest
from zpack.operations.verify_decoding import DecodingCheck
from zpack.operations.verify_findings import VerifyFindings

_AT_ONCE = 64 << 10  # bytes


_Digest = Callable[[int], bytes | None]


def write_manifest(request: ManifestRequest, output: Output, control: Control) -> ManifestReport:
    """Write a line for each file, in the order of a listing, when all digests are known. A damaged
    file has none: its digest would say that the damage is right.

    Raises the errors of ``open_readable``, what ``output`` raises, and ``Cancelled``.
    """
    check_types(request, ManifestRequest)
    started = time.monotonic()
    guard = LimitGuard(request.archive, request.limits, control)
    with open_for(request.archive, control, every_row=True, guard=guard) as archive:
        stored = _stored_digests(archive) if request.algorithm is Algorithm.XXH128 else None
        if stored is not None:
            digest, problems = _of_stored(stored), description_problems(archive)
            control.progress.start(archive.listing, len(archive.listing), 0)
        else:
            digest, problems = _taken(request, archive, control)
        archive.source.check_unchanged()
        files = _write(request.algorithm, archive.listing, digest, output, control)
        return ManifestReport(
            archive=request.archive,
            algorithm=request.algorithm,
            files=files,
            left_out=_others(archive.listing),
            proven=archive.tail is not None and archive.tail.locator.digests is not None,
            seconds=time.monotonic() - started,
            problems=problems,
        )


def _stored_digests(archive: Archive) -> bytes | None:
    try:
        return archive.digests()
    except ArchiveDamaged:  # taking them of the content tells the same again
        return None


def _of_stored(digests: bytes) -> _Digest:
    return lambda row: digests[row * DIGEST_SIZE : (row + 1) * DIGEST_SIZE]


def _taken(
    request: ManifestRequest, archive: Archive, control: Control
) -> tuple[_Digest, tuple[Explanation, ...]]:
    """Verify everything, and hash what is good."""
    findings = VerifyFindings(archive, control)
    try:
        digests = archive.digests()
    except ArchiveDamaged as error:
        findings.whole.append(error.explain())
        digests = None
    hashes = RowHashes(request.algorithm, len(archive.listing))
    check = DecodingCheck(archive, digests, findings, control, hashes)
    check.run(core_count(request.threads))
    findings.check_hard_links()
    findings.check_all_were_seen()
    outcomes = control.progress.outcomes

    def digest(row: int) -> bytes | None:
        return hashes.get(row) if outcomes[row] == Outcome.DONE else None

    return digest, (*findings.problems(), *description_problems(archive))


def _write(
    algorithm: Algorithm, listing: Listing, digest: _Digest, output: Output, control: Control
) -> int:
    """Returns how many files there were."""
    files, lines = 0, bytearray()
    for row, path in _names(listing):
        target = listing.hard_link_target(row) if listing.kind[row] == Kind.HARD_LINK else row
        found = None if target is None else digest(target)
        if found is None:
            continue
        files += 1
        lines += manifest_line(algorithm, found, path)
        if len(lines) >= _AT_ONCE:
            control.check()
            output.write(bytes(lines))
            lines.clear()
    output.write(bytes(lines))
    return files


def _names(listing: Listing) -> Iterator[tuple[int, bytes]]:
    """Files and their other names, without those for which a later entry counts."""
    superseded = frozenset(listing.all_superseded())
    for row, path in listing.walk():
        if listing.kind[row] in (Kind.FILE, Kind.HARD_LINK) and row not in superseded:
            yield row, path


def _others(listing: Listing) -> int:
    listed = (Kind.FILE, Kind.HARD_LINK, Kind.DIRECTORY)
    return sum(kind not in listed for kind in listing.kind)
