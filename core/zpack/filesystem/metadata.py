"""Gives what is extracted its owner, extended attributes, ACLs, mode and times: through an open
descriptor only, so never through a link."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from zpack.entries import Attributes, Kind, Listing, Owner
from zpack.errors import Explanation, MetadataLost, reason
from zpack.filesystem.accounts import group_id, user_id
from zpack.filesystem.destination import NODE_TYPES, make_node
from zpack.filesystem.extras import ACL_ATTRIBUTES, is_kept
from zpack.records import mutable_record
from zpack.tar import AclError, TarError, acl_from_text, read_extras

_SAFE_BITS = 0o777  # not setuid and setgid: an archive must not hand them out
_SAFE_FOLDER_BITS = 0o1777  # sticky protects what is in a folder
_ALL_BITS = 0o7777
_NO_SET_ID = 0o1777
_NS = 1_000_000_000
_XATTRS = "Extended attributes"
_ACLS = "Access control lists"
_OWNERS = "Owners"
_PRIVILEGES = "Privileges of programs"
_MINIMAL = 28  # bytes of an ACL that says no more than a mode
_O_PATH = getattr(os, "O_PATH", 0) | os.O_NOFOLLOW | os.O_CLOEXEC
_UNSUPPORTED = {
    errno.ENOTSUP: "this disk does not keep them",
    errno.ENOSPC: "this disk has no room for them",
    errno.E2BIG: "they are too large for this disk",
    errno.ERANGE: "their names are too long for this disk",
}

Target = int | bytes


@mutable_record
class Refused:
    """How many files were refused something: the ``row`` of the first, and of the last."""

    row: int
    last: int = -1
    count: int = 0


Refusals = dict[tuple[str, str], Refused]


class MetadataKeeper:
    """Sets metadata, as far as it is asked to and the disk takes it.

    Always mode, times, ``user.*`` attributes and ACLs; with ``same_owner`` also owners, setuid and
    setgid bits, and attributes that give privileges or that only the administrator sees. What is
    refused is counted by what and why, in ``refused``: :meth:`problems`. May be used from several
    threads.
    """

    def __init__(self, *, same_owner: bool = False) -> None:
        self._same_owner = same_owner
        self._lock = Lock()
        self.refused: Refusals = {}

    def keep(self, target: Target, attributes: Attributes, row: int) -> None:
        """For an open file or folder; the access time is the modification time, too.

        Raises ``OSError`` if not even mode and time can be set.
        """
        owned = self._same_owner and self._keep_owner(target, attributes.owner, row)
        acls = self._keep_xattrs(target, attributes, row) if attributes.extras else {}
        os.chmod(target, attributes.mode & self._bits(attributes, owned=owned))
        for which, text in acls.items():  # they say more than the mode, which may differ
            if which == b"access" or attributes.kind == Kind.DIRECTORY:
                self._keep_acl(target, which, text, row)
        when = attributes.mtime * _NS + attributes.mtime_ns
        try:
            os.utime(target, ns=(when, when))
        except OverflowError as error:
            raise OSError(None, "its time is out of this disk's range") from error

    def keep_link(self, folder: int, name: bytes, attributes: Attributes, row: int) -> None:
        """The owner of a symbolic link: it has nothing else but its time. Raises nothing."""
        if not self._same_owner:
            return
        uid, gid = _ids(attributes.owner)
        try:
            os.chown(name, uid, gid, dir_fd=folder, follow_symlinks=False)
        except OSError as error:
            self._refuse(_OWNERS, reason(error), row)

    def make_node(self, folder: int, name: bytes, attributes: Attributes, row: int) -> None:
        """A device or FIFO, with its metadata. It is never opened: that could have effects.
        Raises ``OSError``."""
        make_node(folder, name, attributes)
        fd = os.open(name, _O_PATH, dir_fd=folder)
        try:
            if stat.S_IFMT(os.fstat(fd).st_mode) != NODE_TYPES[Kind(attributes.kind)]:
                raise OSError(None, "another program put something in its place")
            self.keep(b"/proc/self/fd/%d" % fd, attributes, row)
        finally:
            os.close(fd)

    def begin_part(self) -> None:
        """In a process made of another: what was refused there is not told again."""
        self._lock = Lock()
        self.refused = {}

    def add_refused(self, refused: Refusals) -> None:
        """What another process was refused."""
        for why, found in refused.items():
            own = self.refused.setdefault(why, Refused(found.row))
            own.row = min(own.row, found.row)
            own.count += found.count

    def problems(self, listing: Listing) -> list[Explanation]:
        """One for each reason why something was not kept."""
        return [
            MetadataLost(what, os.fsdecode(listing.path(refused.row)), why, refused.count).explain()
            for (what, why), refused in self.refused.items()
        ]

    def _bits(self, attributes: Attributes, *, owned: bool) -> int:
        if self._same_owner:
            return _ALL_BITS if owned else _NO_SET_ID
        return _SAFE_FOLDER_BITS if attributes.kind == Kind.DIRECTORY else _SAFE_BITS

    def _keep_owner(self, target: Target, owner: Owner, row: int) -> bool:
        try:
            os.chown(target, *_ids(owner))
        except OSError as error:
            self._refuse(_OWNERS, reason(error), row)
            return False
        return True

    def _keep_xattrs(self, target: Target, attributes: Attributes, row: int) -> dict[bytes, bytes]:
        """The ACLs are returned. The mode comes after: it may forbid writing."""
        try:
            xattrs, acls = read_extras(attributes.extras)
        except TarError as error:
            self._refuse(_XATTRS, str(error), row)
            return {}
        for name, value in xattrs.items():
            self._keep_xattr(target, name, value, row)
        return acls

    def _keep_xattr(self, target: Target, name: bytes, value: bytes, row: int) -> None:
        if name.startswith(b"user."):
            with self._refusing(_XATTRS, row):
                os.setxattr(target, name, value)
        elif self._same_owner and is_kept(os.fsdecode(name)):
            with self._refusing(_PRIVILEGES, row):
                os.setxattr(target, name, value)

    def _keep_acl(self, target: Target, which: bytes, text: bytes, row: int) -> None:
        if which not in ACL_ATTRIBUTES:
            return
        with self._refusing(_ACLS, row):
            value = acl_from_text(text, user_id, group_id)
            try:
                os.setxattr(target, ACL_ATTRIBUTES[which], value)
            except OSError:
                if which == b"default" or len(value) > _MINIMAL:
                    raise

    @contextmanager
    def _refusing(self, what: str, row: int) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            self._refuse(what, _UNSUPPORTED.get(error.errno or 0) or reason(error), row)
        except AclError as error:
            self._refuse(what, str(error), row)
        except (ValueError, AttributeError):  # a NUL in a name; a system without any
            self._refuse(what, "this system does not have them", row)

    def _refuse(self, what: str, why: str, row: int) -> None:
        with self._lock:
            refused = self.refused.setdefault((what, why), Refused(row))
            refused.count += refused.last != row  # of each file once
            refused.last = row


def _ids(owner: Owner) -> tuple[int, int]:
    """By name, as the ids may be others here; by id where the name is not known."""
    uid = user_id(owner.user) if owner.user else None
    gid = group_id(owner.group) if owner.group else None
    return owner.uid if uid is None else uid, owner.gid if gid is None else gid
