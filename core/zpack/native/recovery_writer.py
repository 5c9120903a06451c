"""Writes the recovery record of an archive that is being written."""

from collections.abc import Callable

from zpack.filesystem import SourceFile, Spool
from zpack.native.profile import Profile
from zpack.native.recovery_encoder import RecordEncoder
from zpack.native.recovery_geometry import Geometry, choose_geometry
from zpack.records import record


@record
class RecordWriter:
    """``percent`` of what is protected. ``reopen`` opens what is written so far, to be read once
    more; ``write_bytes`` appends to it; ``folder`` has room for the shares until they are in order.
    ``begin`` is called with how many bytes will be read before that begins, and must leave nothing
    of them to be changed; ``step`` with how many were read, and may raise."""

    percent: int
    reopen: Callable[[], SourceFile]
    write_bytes: Callable[[bytes], None]
    folder: str
    begin: Callable[[int], None]
    step: Callable[[int], None]

    def write(self, protected: int, index_at: int, profile: Profile) -> Geometry:
        """Append the record. Raises errors of the system."""
        self.begin(protected)
        wanted = choose_geometry(protected, index_at, self.percent, lz4=profile.lz4)
        with self.reopen() as source, Spool(self.folder, source.path) as spool:
            return write_record(wanted, source, spool, self.write_bytes, self.step)


def write_record(
    geometry: Geometry,
    source: SourceFile,
    spool: Spool,
    write: Callable[[bytes], None],
    step: Callable[[int], None],
) -> Geometry:
    """Append the record of this geometry, of what ``source`` begins with; returns it with the
    name."""
    encoder = RecordEncoder(geometry, source.pread, spool, step)
    encoder.encode()
    encoder.write(write)
    return encoder.geometry
