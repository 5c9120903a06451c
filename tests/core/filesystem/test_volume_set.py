"""Volumes appear together or not at all."""

import errno
import os
import stat
import subprocess
from pathlib import Path

import pytest

from zpack.errors import TargetExists, TargetUnwritable, TooManyVolumes, VolumesAside, ZpackError
from zpack.filesystem import VolumeSet

SIZE = 1000


def new(tmp_path: Path, *, overwrite: bool = False) -> VolumeSet:
    return VolumeSet(str(tmp_path / "a.zst"), SIZE, overwrite=overwrite, check=lambda: None)


def contents(tmp_path: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in tmp_path.iterdir()}


def write(tmp_path: Path, data: bytes, *, overwrite: bool = False) -> None:
    with new(tmp_path, overwrite=overwrite) as target:
        for start in range(0, len(data), 333):
            target.write(data[start : start + 333])
        target.commit()


def parts(data: bytes) -> dict[str, bytes]:
    count = -(-len(data) // SIZE)
    return {f"a.zst.{n + 1:03}": data[n * SIZE : (n + 1) * SIZE] for n in range(count)}


@pytest.mark.parametrize("length", [1, 999, 1000, 1001, 3000, 3456])
def test_cat_joins_them(tmp_path: Path, length: int) -> None:
    data = os.urandom(length)
    write(tmp_path, data)
    assert contents(tmp_path) == parts(data)
    assert subprocess.check_output("cat a.zst.*", shell=True, cwd=tmp_path) == data


def test_nothing_is_there_before_the_end_or_without_it(tmp_path: Path) -> None:
    with new(tmp_path) as target:
        target.write(bytes(2500))
        target.sync()
        assert [path.name[0] for path in tmp_path.iterdir()] == ["."]
        assert os.path.getsize(target.temporary) == SIZE
    assert contents(tmp_path) == {}


def test_what_took_a_name_meanwhile_stays_and_so_do_all(tmp_path: Path) -> None:
    with new(tmp_path) as target:
        target.write(bytes(3500))
        (tmp_path / "a.zst.002").write_bytes(b"precious")
        with pytest.raises(TargetExists):
            target.commit()
    assert contents(tmp_path) == {"a.zst.002": b"precious"}


def test_a_set_is_replaced_whole(tmp_path: Path) -> None:
    write(tmp_path, b"o" * 4500)
    (tmp_path / "a.zst.007").write_bytes(b"stale")
    (tmp_path / "a.zst.x").write_bytes(b"not a volume")
    write(tmp_path, b"n" * 1500, overwrite=True)
    assert contents(tmp_path) == parts(b"n" * 1500) | {"a.zst.x": b"not a volume"}


@pytest.mark.parametrize("fails_at", [1, 2, 3])
def test_a_fault_while_replacing_brings_the_old_set_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails_at: int
) -> None:
    write(tmp_path, b"o" * 2500)
    link, left = os.link, [fails_at]

    def failing(*arguments: object, **options: object) -> None:
        left[0] -= 1
        if not left[0]:
            raise OSError(errno.EIO, "broken")
        link(*arguments, **options)  # type: ignore[arg-type]

    with new(tmp_path, overwrite=True) as target:
        target.write(b"n" * 2500)
        monkeypatch.setattr(os, "link", failing)
        with pytest.raises(ZpackError):
            target.commit()
    assert contents(tmp_path) == parts(b"o" * 2500)


def test_disks_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object, **options: object) -> None:
        raise PermissionError(errno.EPERM, "no links")

    monkeypatch.setattr(os, "link", refuse)
    write(tmp_path, bytes(2500))
    assert contents(tmp_path) == parts(bytes(2500))
    with pytest.raises(TargetExists):
        write(tmp_path, b"x")
    assert contents(tmp_path) == parts(bytes(2500))


def test_what_a_killed_run_had_set_aside_is_never_touched(tmp_path: Path) -> None:
    write(tmp_path, b"o" * 1500)
    (tmp_path / ".a.zst.zpack-old").mkdir()
    (tmp_path / ".a.zst.zpack-old" / "a.zst.001").write_bytes(b"precious")
    with pytest.raises(VolumesAside):
        write(tmp_path, b"n", overwrite=True)
    assert (tmp_path / ".a.zst.zpack-old" / "a.zst.001").read_bytes() == b"precious"
    assert (tmp_path / "a.zst.002").read_bytes() == b"o" * 500


def test_too_many(tmp_path: Path) -> None:
    with VolumeSet(str(tmp_path / "a"), 1, overwrite=False, check=lambda: None) as target:
        target.write(bytes(999))
        with pytest.raises(TooManyVolumes):
            target.write(b"x")
    assert contents(tmp_path) == {}


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(TargetUnwritable):
        VolumeSet(str(tmp_path / "no" / "a"), 1, overwrite=False, check=lambda: None)


def killed(tmp_path: Path, moment: str) -> None:
    """A run in another process that is killed: while it writes, or when it replaced the old set but
    one volume."""
    child = os.fork()
    if child == 0:
        try:
            target = new(tmp_path, overwrite=True)
            target.write(b"n" * 2500)
            if moment == "placing":
                link = os.link

                def last_breath(source: str, name: str, **options: int) -> None:
                    if name.endswith("001"):
                        os._exit(0)
                    link(source, name, **options)

                os.link = last_breath  # type: ignore[assignment]
                target.commit()
        finally:
            os._exit(0)
    os.waitpid(child, 0)


def test_a_killed_run_leaves_the_old_set_and_the_next_one_clears_up(tmp_path: Path) -> None:
    write(tmp_path, b"o" * 1500)
    killed(tmp_path, "writing")
    assert len(list(tmp_path.glob(".*"))) == 1
    write(tmp_path, b"x" * 2200, overwrite=True)
    assert contents(tmp_path) == parts(b"x" * 2200)


def test_killed_while_it_replaces_nothing_of_the_old_set_is_lost(tmp_path: Path) -> None:
    write(tmp_path, b"o" * 1500)
    killed(tmp_path, "placing")
    aside = tmp_path / ".a.zst.zpack-old"
    assert contents(aside) == parts(b"o" * 1500)
    with pytest.raises(VolumesAside):
        write(tmp_path, b"x", overwrite=True)
    assert contents(aside) == parts(b"o" * 1500)


def test_disks_that_sync_no_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fsync = os.fsync

    def refuse(fd: int) -> None:
        if stat.S_ISDIR(os.fstat(fd).st_mode):
            raise OSError(errno.EINVAL, "no")
        fsync(fd)

    monkeypatch.setattr(os, "fsync", refuse)
    write(tmp_path, b"o" * 1500)
    write(tmp_path, b"n" * 2500, overwrite=True)
    assert contents(tmp_path) == parts(b"n" * 2500)
