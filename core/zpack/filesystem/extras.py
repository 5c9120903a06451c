"""Extended attributes and ACLs of sources, as an archive has them (docs/format.md, section 2)."""

import errno
import os

from zpack.errors import Explanation, ExtrasUnread, reason
from zpack.filesystem.accounts import group_name, user_name
from zpack.tar import AclError, acl_to_text, write_extras

MOST_EXTRAS = 768 << 10
ACL_ATTRIBUTES = {b"access": b"system.posix_acl_access", b"default": b"system.posix_acl_default"}
_ACLS = {os.fsdecode(name): which for which, name in ACL_ATTRIBUTES.items()}
_NONE_THERE = (errno.ENOTSUP, errno.ENOSYS)
_SUPPORTED = hasattr(os, "listxattr")


def is_kept(name: str) -> bool:
    """Whether an attribute belongs in an archive: labels that the system sets itself do not."""
    return name.startswith(("user.", "trusted.")) or name == "security.capability"


class ExtrasReader:
    """Reads them, and remembers which disks have none, and in ``unread`` which paths have some that
    could not be read, and why.

    May be used from several threads.
    """

    def __init__(self) -> None:
        self._without: set[int] = set()  # devices
        self.unread: dict[bytes, str] = {}

    def read(self, place: int | bytes, device: int, path: bytes, *, follow: bool = False) -> bytes:
        """Records of what ``place`` (a descriptor, or a path) has; it lies on ``device``.

        ``path`` is what it is called where something cannot be read. Raises nothing.
        """
        if not _SUPPORTED or device in self._without:
            return b""
        follow = follow or isinstance(place, int)
        try:
            names = os.listxattr(place, follow_symlinks=follow)
            return self._read_named(place, names, path, follow=follow) if names else b""
        except OSError as error:
            if error.errno in _NONE_THERE:
                self._without.add(device)
            else:
                self.unread[path] = reason(error)
            return b""

    def _read_named(
        self, place: int | bytes, names: list[str], path: bytes, *, follow: bool
    ) -> bytes:
        xattrs: dict[bytes, bytes] = {}
        acls: dict[bytes, bytes] = {}
        for name in names:
            if name not in _ACLS and not is_kept(name):
                continue
            try:
                value = os.getxattr(place, name, follow_symlinks=follow)
                if name in _ACLS:
                    acls[_ACLS[name]] = acl_to_text(value, user_name, group_name)
                else:
                    xattrs[os.fsencode(name)] = value
            except (OSError, AclError) as error:
                if isinstance(error, AclError) or error.errno != errno.ENODATA:  # just gone
                    why = reason(error) if isinstance(error, OSError) else str(error)
                    self.unread[path] = why
        extras = write_extras(xattrs, acls)
        if len(extras) <= MOST_EXTRAS:
            return extras
        self.unread[path] = "it has more of them than an archive can hold"
        return b""

    def problems(self) -> list[Explanation]:
        """One note about all that could not be read."""
        if not self.unread:
            return []
        path, why = next(iter(self.unread.items()))
        return [ExtrasUnread(os.fsdecode(path), why, len(self.unread)).explain()]
