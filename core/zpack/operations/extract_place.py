"""Where an extraction goes: straight into a folder, or into a hidden one that is renamed at the
end, so that a new folder appears only when whole."""

import contextlib
import os
from collections.abc import Collection

from zpack.errors import DestinationUnusable, reason
from zpack.filesystem import UMASK, new_folder_beside, remove_left_folders
from zpack.formats import stem
from zpack.operations.requests import ExtractRequest, Folder
from zpack.records import mutable_record

_FLAGS = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC


@mutable_record
class Place:
    """``root`` is a descriptor of the folder that entries go into: ``target`` itself, or a hidden
    one, ``staged``, that :meth:`settle` renames to ``target``. With ``item`` only that folder in
    ``staged`` is moved, into the existing folder of ``target``. ``made`` are folders above that had
    to be made, the deepest first."""

    target: str
    root: int
    staged: str | None = None
    item: bytes | None = None
    made: tuple[str, ...] = ()

    def settle(self) -> None:
        """Everything is extracted: give it its name. Raises :class:`DestinationUnusable`."""
        if self.staged is None:
            return
        try:
            if self.item is None:
                os.fchmod(self.root, 0o777 & ~UMASK)
                os.rename(self.staged, self.target)
            else:
                os.rename(os.path.join(os.fsencode(self.staged), self.item), self.target)
                os.rmdir(self.staged)
        except OSError as error:
            raise DestinationUnusable(self.target, reason(error)) from error
        self.staged = None

    def open_item(self) -> int:
        """A descriptor of the folder that was moved. Raises ``OSError``."""
        return os.open(self.target, _FLAGS | os.O_NOFOLLOW)

    def close(self) -> None:
        """Let go of it; a hidden folder that was not settled goes, if it is empty."""
        os.close(self.root)
        if self.staged is not None:
            with contextlib.suppress(OSError):
                for path in (self.staged, *self.made):
                    os.rmdir(path)


def choose_place(request: ExtractRequest, names: Collection[bytes], folder: bytes | None) -> Place:
    """The place for an extraction. Raises :class:`DestinationUnusable`.

    ``names`` will lie at the top. A folder of its own gets the archive's name, with a number if
    that is taken. ``folder`` is the only thing at the top, if that is a folder: where it is new, it
    appears only when whole.
    """
    destination = os.path.realpath(request.destination)
    if _wants_own(request, destination, names):
        made = _make_folders(destination)
        return _staged(_free_name(os.path.join(destination, stem(request.archive))), made=made)
    if not os.path.lexists(destination):
        return _staged(destination, made=_make_folders(os.path.dirname(destination)))
    if folder is not None:
        target = os.path.join(destination, os.fsdecode(folder))
        if os.path.isdir(destination) and not os.path.lexists(target):
            return _staged(target, folder)
    try:
        return Place(destination, os.open(destination, _FLAGS))
    except OSError as error:
        raise DestinationUnusable(destination, reason(error)) from error


def _wants_own(request: ExtractRequest, destination: str, names: Collection[bytes]) -> bool:
    if request.folder is not Folder.SMART or len(names) > 1:
        return request.folder is not Folder.NONE
    # What is called as the archive itself would meet it.
    archive = os.path.realpath(request.archive)
    return any(os.path.join(destination, os.fsdecode(name)) == archive for name in names)


def _make_folders(path: str) -> tuple[str, ...]:
    """Make a folder and those above it; returns the ones that were not there, deepest first."""
    missing = []
    above = path
    while not os.path.lexists(above):
        missing.append(above)
        above = os.path.dirname(above)
    try:
        os.makedirs(path, exist_ok=True)
    except OSError as error:
        raise DestinationUnusable(path, reason(error)) from error
    return tuple(missing)


def _staged(target: str, item: bytes | None = None, made: tuple[str, ...] = ()) -> Place:
    try:
        remove_left_folders(target)
        staged, fd = new_folder_beside(target)
    except OSError as error:
        raise DestinationUnusable(target, reason(error)) from error
    return Place(target, fd, staged, item, made)


def _free_name(path: str) -> str:
    candidate, number = path, 1
    while os.path.lexists(candidate):
        number += 1
        candidate = f"{path} ({number})"
    return candidate
