"""What `info` returns."""

from zpack.errors import ExitCode, Explanation
from zpack.operations.reports.exit_codes import worst_exit_code
from zpack.records import record


@record
class InfoReport:
    """Facts about an archive. ``format`` is ``tar.zst`` or ``tar.lz4``, or for one compressed file
    without a tar ``zst`` or ``lz4``; ``tar_size`` is then 0. Sizes in bytes; ``made_by_zpack``: it
    bears the marker or the index; ``has_digests``: it can be proven; ``volumes``: their paths, if
    it is in several; ``recovery_percent``: the size of its recovery record, 0 if there is none or
    nothing of it can be read."""

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
    recovery_percent: int = 0

    @property
    def exit_code(self) -> ExitCode:
        """Damaged if the archive's description is."""
        return worst_exit_code(self.problems)
