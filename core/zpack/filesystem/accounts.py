"""Names and ids of users and groups on this system."""

import contextlib
import grp
import os
import pwd
from functools import lru_cache

from zpack.entries import Owner


@lru_cache(maxsize=4096)
def user_name(uid: int) -> bytes:
    """The user's name, or nothing."""
    with contextlib.suppress(KeyError, OverflowError):
        return os.fsencode(pwd.getpwuid(uid).pw_name)
    return b""


@lru_cache(maxsize=4096)
def group_name(gid: int) -> bytes:
    """The group's name, or nothing."""
    with contextlib.suppress(KeyError, OverflowError):
        return os.fsencode(grp.getgrgid(gid).gr_name)
    return b""


@lru_cache(maxsize=4096)
def owner_of(uid: int, gid: int) -> Owner:
    """The owner with the names that this system has for the ids."""
    return Owner(uid, gid, user_name(uid), group_name(gid))


@lru_cache(maxsize=4096)
def user_id(name: bytes) -> int | None:
    """The id of a user, or None."""
    with contextlib.suppress(KeyError, ValueError):
        return pwd.getpwnam(os.fsdecode(name)).pw_uid
    return None


@lru_cache(maxsize=4096)
def group_id(name: bytes) -> int | None:
    """The id of a group, or None."""
    with contextlib.suppress(KeyError, ValueError):
        return grp.getgrnam(os.fsdecode(name)).gr_gid
    return None
