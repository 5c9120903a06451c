"""Class 18: nobody else reads a file before its mode is set; the umask is not touched.

libarchive 2023-30571: threads that set the umask left files that all could write.
"""

import os
import stat
from pathlib import Path

import pytest

from tests.core.threats.crafting import FORMS, file, folder
from tests.core.threats.field import Field
from zpack.jobs import Control
from zpack.operations import ExtractRequest, extract


class Watching(Control):
    """Sees the modes that things have while they are made."""

    def __init__(self, out: Path) -> None:
        super().__init__()
        self.out = out
        self.files: set[int] = set()
        self.folders: set[int] = set()

    def check(self) -> None:
        for place, _, names in os.walk(self.out):
            if place != str(self.out):
                self.folders.add(stat.S_IMODE(os.stat(place).st_mode))
            for name in names:
                info = os.stat(os.path.join(place, name))
                if info.st_size < 3 << 20:
                    self.files.add(stat.S_IMODE(info.st_mode))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("there", [True, False])
def test_private_until_whole(tmp_path: Path, form: str, there: bool) -> None:
    field = Field(tmp_path, form)
    field.put(folder("d", mode=0o777), file("d/secret", os.urandom(3 << 20), mode=0o666))
    out = field.out if there else field.out / "new"
    watch = Watching(out if there else field.out)
    extract(ExtractRequest(str(field.archive), str(out)), watch)
    assert watch.files <= {0o600, 0o644}  # the good files are whole at once
    assert 0o600 in watch.files
    assert watch.folders <= {0o700, 0o755 & ~0}
    assert stat.S_IMODE((out / "d" / "secret").stat().st_mode) == 0o666
    assert stat.S_IMODE((out / "d").stat().st_mode) == 0o777
    field.check()


@pytest.mark.parametrize("form", FORMS)
def test_the_umask_stays(tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Setting it concerns all threads, so nobody may: not even for a moment."""
    field = Field(tmp_path, form)
    field.put(*(file(str(n)) for n in range(20)))

    def refuse(mask: int) -> int:
        raise AssertionError("the umask was set")

    monkeypatch.setattr(os, "umask", refuse)
    extract(ExtractRequest(str(field.archive), str(field.out)), Control())
