"""What changing an archive returns."""

from zpack.errors import ExitCode, Explanation
from zpack.records import record


@record
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
