"""What operations return."""

from dataclasses import dataclass
from enum import Enum

from zpack.entries import Listing
from zpack.errors import ExitCode, Explanation
from zpack.operations.differences import Difference
from zpack.operations.doctor_report import DoctorReport
from zpack.operations.estimate_report import EstimateReport


class Proof(Enum):
    """How much is known of an archive's content (docs/format.md, section 9)."""

    PROVEN = "proven"
    CHECKED = "checked"
    READABLE = "readable"
    PROOF_LOST = "proof lost"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class CreateReport:
    """``bytes_in`` is the content of all files, ``bytes_out`` the archive's size. ``excluded``
    counts what was left out by wish; a folder, with all that is in it, as one. ``verified``: it was
    read back and every file is proven. ``removed`` counts the originals that were removed.
    ``volumes`` is how many there are, 0 if it is one file; ``target`` is the first of them."""

    target: str
    files: int
    folders: int
    links: int
    bytes_in: int
    bytes_out: int
    seconds: float
    problems: tuple[Explanation, ...] = ()
    excluded: int = 0
    verified: bool = False
    removed: int = 0
    volumes: int = 0

    @property
    def exit_code(self) -> ExitCode:
        """Partial if something is missing from the archive."""
        return ExitCode.PARTIAL if self.problems else ExitCode.DONE


@dataclass(frozen=True, slots=True)
class EditReport:
    """What changing an archive did. ``added`` counts entries that came, ``replaced`` those of them
    that took the place of others; ``removed`` entries that went, ``moved`` those with another path
    now; ``superseded`` those left out because a later one has the same path. ``files``, ``folders``
    and ``links`` are in the archive now. ``converted``: it was made by another program, and was
    written anew as a whole.

    ``bytes_in`` is content read from the disk, ``bytes_copied`` what was taken over as it was,
    ``bytes_decoded`` content that was unpacked for it, ``bytes_out`` the archive's size.
    """

    archive: str
    added: int
    removed: int
    replaced: int
    moved: int
    superseded: int
    files: int
    folders: int
    links: int
    converted: bool
    bytes_in: int
    bytes_copied: int
    bytes_decoded: int
    bytes_out: int
    seconds: float
    problems: tuple[Explanation, ...] = ()

    @property
    def exit_code(self) -> ExitCode:
        """Partial if something that should come is missing from the archive."""
        return ExitCode.PARTIAL if self.problems else ExitCode.DONE


@dataclass(frozen=True, slots=True)
class CreatedPart:
    """What became of one source of many: ``report`` of its archive, or the ``error`` instead."""

    source: str
    report: CreateReport | None
    error: Explanation | None = None


@dataclass(frozen=True, slots=True)
class CreateEachReport:
    """A part for each source, in the order in which they were named; the archives are in
    ``folder``."""

    folder: str
    parts: tuple[CreatedPart, ...]
    seconds: float

    @property
    def exit_code(self) -> ExitCode:
        """Failed if there is no archive at all, partial if anything is missing."""
        reports = [part.report for part in self.parts if part.report is not None]
        if not reports:
            return ExitCode.FAILED
        if len(reports) < len(self.parts) or any(report.problems for report in reports):
            return ExitCode.PARTIAL
        return ExitCode.DONE


@dataclass(frozen=True, slots=True)
class ExtractReport:
    """``destination`` is where things went (the folder made for them, if one was);
    ``replaced`` names the files that were overwritten. ``skipped`` counts entries left out for
    what was there already, ``superseded`` those for a later entry of the same path, ``stripped``
    those of whose path nothing was left, and ``identical`` those that were there already with the
    same content, and were left alone: they count as nothing else."""

    destination: str
    files: int
    folders: int
    links: int
    skipped: int
    bytes_out: int
    seconds: float
    superseded: int = 0
    replaced: tuple[str, ...] = ()
    problems: tuple[Explanation, ...] = ()
    stripped: int = 0
    identical: int = 0

    @property
    def exit_code(self) -> ExitCode:
        """Damaged goes before partial."""
        return worst_exit_code(self.problems)


@dataclass(frozen=True, slots=True)
class PipeReport:
    """What was written to a stream: files, and as a tar also folders and links; ``bytes_out`` of
    content."""

    archive: str
    files: int
    folders: int
    links: int
    bytes_out: int
    seconds: float
    problems: tuple[Explanation, ...] = ()

    @property
    def exit_code(self) -> ExitCode:
        """Damaged goes before partial."""
        return worst_exit_code(self.problems)


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """``files`` counts what is in the archive besides folders, ``good`` those that are as they were
    put in; ``problems`` has one explanation for each damaged entry, then those of the archive as a
    whole."""

    archive: str
    proof: Proof
    files: int
    good: int
    bytes_checked: int
    seconds: float
    problems: tuple[Explanation, ...] = ()

    @property
    def exit_code(self) -> ExitCode:
        """Damaged if proof is lost or anything is damaged."""
        bad = self.proof in (Proof.DAMAGED, Proof.PROOF_LOST)
        return ExitCode.DAMAGED if bad else worst_exit_code(self.problems)


@dataclass(frozen=True, slots=True)
class ListReport:
    """``indexed``: read from the index, without the data. ``problems``: what is wrong with it.
    ``format`` as in :class:`InfoReport`."""

    archive: str
    listing: Listing
    indexed: bool
    problems: tuple[Explanation, ...] = ()
    format: str = ""

    @property
    def exit_code(self) -> ExitCode:
        """Damaged if the listing could not be read to its end, or its proof is gone."""
        return worst_exit_code(self.problems)


@dataclass(frozen=True, slots=True)
class InfoReport:
    """Facts about an archive. ``format`` is ``tar.zst`` or ``tar.lz4``, or for one compressed file
    without a tar ``zst`` or ``lz4``; ``tar_size`` is then 0. Sizes in bytes; ``made_by_zpack``: it
    bears the marker or the index; ``has_digests``: it can be proven; ``volumes``: their paths, if
    it is in several."""

    archive: str
    format: str
    size: int
    files: int
    folders: int
    links: int
    content_size: int
    tar_size: int
    frames: int
    made_by_zpack: bool
    indexed: bool
    has_digests: bool
    has_recovery: bool
    newest_mtime_ns: int | None
    problems: tuple[Explanation, ...] = ()
    volumes: tuple[str, ...] = ()

    @property
    def exit_code(self) -> ExitCode:
        """Damaged if the archive's description is."""
        return worst_exit_code(self.problems)


@dataclass(frozen=True, slots=True)
class CompareReport:
    """``differences`` in the order of a listing, each folder before what is in it. ``same`` counts
    the archive's entries, folders too, that are on disk as they are in the archive; ``bytes_read``
    what was read of the files on disk. ``problems``: what could not be compared."""

    archive: str
    folder: str
    same: int
    differences: tuple[Difference, ...]
    bytes_read: int
    seconds: float
    problems: tuple[Explanation, ...] = ()

    @property
    def exit_code(self) -> ExitCode:
        """Partial if anything differs or could not be compared, damaged if the archive is."""
        code = worst_exit_code(self.problems)
        return ExitCode.PARTIAL if code == ExitCode.DONE and self.differences else code


Report = (
    CreateReport
    | EditReport
    | CreateEachReport
    | ExtractReport
    | VerifyReport
    | ListReport
    | InfoReport
    | CompareReport
    | DoctorReport
    | EstimateReport
)


def worst_exit_code(problems: tuple[Explanation, ...]) -> ExitCode:
    """Damaged before partial before done."""
    if any(p.exit_code == ExitCode.DAMAGED for p in problems):
        return ExitCode.DAMAGED
    return ExitCode.PARTIAL if problems else ExitCode.DONE
