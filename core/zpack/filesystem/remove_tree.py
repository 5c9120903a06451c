"""Removes a folder that an operation of ours filled."""

import contextlib
import os
import shutil
import stat


def remove_tree(parent: int, name: str, fd: int) -> None:
    """Remove the folder ``name`` in ``parent``, open as ``fd``; whatever is none stays."""
    if stat.S_ISDIR(os.fstat(fd).st_mode):
        # Folders may have got their modes already, and be read-only.
        for _, _, _, folder in os.fwalk(".", dir_fd=fd, onerror=None):
            with contextlib.suppress(OSError):
                os.fchmod(folder, 0o700)
        shutil.rmtree(name, dir_fd=parent)
