"""All that tar can hold goes through zpack and comes out again; other programs read it, and zpack
reads theirs."""

import os
import shutil
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.core.filesystem.test_deep_path import NAME, make_deep
from tests.core.native.parts import put_together, take_apart
from tests.core.operations.conftest import Maker, snapshot
from zpack.entries import Kind
from zpack.filesystem import holes as holes_module
from zpack.jobs import Control
from zpack.operations import (
    AddRequest,
    DeleteRequest,
    ExtractReport,
    ExtractRequest,
    Limits,
    ListRequest,
    OnConflict,
    Proof,
    RenameRequest,
    VerifyRequest,
    add,
    delete,
    extract,
    list_archive,
    rename,
    verify,
)

ADMINISTRATOR = os.geteuid() == 0
MIB = 1 << 20
Programs = Callable[[str, Path], object]


def proof(archive: str) -> Proof:
    return verify(VerifyRequest(archive), Control()).proof


UNLIMITED = Limits(ratio=0, space=False)


def unpack(archive: str, place: Path, **options: bool) -> ExtractReport:
    return extract(ExtractRequest(archive, str(place), limits=UNLIMITED, **options), Control())


def by_tar(archive: str, place: Path) -> None:
    place.mkdir()
    command = ["tar", "--zstd", "--acls", "--xattrs", "--xattrs-include=*", "-xpf", archive]
    subprocess.run(command, cwd=place, check=True, stderr=subprocess.DEVNULL)


def by_bsdtar(archive: str, place: Path) -> None:
    place.mkdir()
    subprocess.run(["bsdtar", "--acls", "--xattrs", "-xpf", archive], cwd=place, check=True)


PEERS = pytest.mark.parametrize("program", [unpack, by_tar, by_bsdtar])


# --- Extended attributes and ACLs ---------------------------------------------------------------


def extras_of(root: Path) -> dict[str, dict[str, bytes]]:
    found = {}
    for path in [root, *sorted(root.rglob("*"))]:
        names = os.listxattr(path, follow_symlinks=False)
        found[str(path.relative_to(root))] = {
            name: os.getxattr(path, name, follow_symlinks=False) for name in names
        }
    return found


@pytest.fixture
def adorned(tree: Path) -> Path:
    """A tree with attributes and ACLs on files and folders."""
    try:
        os.setxattr(tree / "a.txt", "user.note", b"bin\0ary\xff=\n")
        os.setxattr(tree / "sub", "user.folder", b"x")
        os.chmod(tree / "b.bin", 0o600)
        os.setxattr(tree / "b.bin", "user.empty", b"")
        for entries, name in (
            ("u:daemon:rwx,u:54321:r--,g:bin:-w-", "none"),
            ("u:daemon:r-x,d:u:54321:rwx,d:g::r--", "empty"),
        ):
            subprocess.run(["setfacl", "-m", entries, tree / name], check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no attributes or ACLs here")
    os.chmod(tree / "b.bin", 0o400)
    return tree


@PEERS
def test_attributes_and_acls(adorned: Path, make: Maker, tmp_path: Path, program: Programs) -> None:
    report = make(adorned)
    assert report.problems == ()
    assert proof(report.target) is Proof.PROVEN
    program(report.target, tmp_path / "out")
    assert extras_of(tmp_path / "out" / "tree") == extras_of(adorned)
    assert snapshot(tmp_path / "out" / "tree") == snapshot(adorned)


@pytest.mark.parametrize("command", [["tar", "--format=posix"], ["bsdtar", "--format=pax"]])
def test_attributes_and_acls_of_others(adorned: Path, tmp_path: Path, command: list[str]) -> None:
    archive = str(tmp_path / "a.tar.zst")
    options = ["--zstd", "--acls", "--xattrs", "-cf", archive, "tree"]
    subprocess.run([*command, *options], cwd=tmp_path, check=True)
    assert unpack(archive, tmp_path / "out").problems == ()
    assert extras_of(tmp_path / "out" / "tree") == extras_of(adorned)


def test_attributes_are_proven_too(adorned: Path, make: Maker, tmp_path: Path) -> None:
    parts = take_apart(Path(make(adorned).target).read_bytes())
    parts.values("extras")[-5] ^= 1
    (tmp_path / "lie.tar.zst").write_bytes(put_together(parts))
    assert proof(str(tmp_path / "lie.tar.zst")) is Proof.DAMAGED


def test_a_disk_without_attributes_costs_one_line(
    adorned: Path, make: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = make(adorned).target

    def refuse(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "setxattr", refuse)
    report = unpack(target, tmp_path / "out")
    assert sorted(problem.title for problem in report.problems) == [
        "Access control lists could not be kept",
        "Extended attributes could not be kept",
    ]
    assert (tmp_path / "out" / "tree" / "a.txt").read_bytes() == (adorned / "a.txt").read_bytes()


# --- Devices, FIFOs, owners ---------------------------------------------------------------------


def test_a_fifo_is_stored_and_made_only_on_demand(tree: Path, make: Maker, tmp_path: Path) -> None:
    os.mkfifo(tree / "pipe", 0o640)
    os.utime(tree / "pipe", ns=(1, 5_000_000_007))
    report = make(tree)
    assert report.problems == ()
    assert proof(report.target) is Proof.PROVEN
    listing = list_archive(ListRequest(report.target), Control()).listing
    assert listing.kind[listing.find(b"tree/pipe") or 0] == Kind.FIFO
    left = unpack(report.target, tmp_path / "left")
    assert [problem.code for problem in left.problems] == ["left-out"]
    assert not (tmp_path / "left" / "tree" / "pipe").exists()
    assert unpack(report.target, tmp_path / "made", devices=True).problems == ()
    found = (tmp_path / "made" / "tree" / "pipe").stat()
    assert stat.S_ISFIFO(found.st_mode)
    assert (found.st_mode & 0o7777, found.st_mtime_ns) == (0o640, 5_000_000_007)


@pytest.mark.skipif(not ADMINISTRATOR, reason="only for an administrator")
@PEERS
def test_devices(tree: Path, make: Maker, tmp_path: Path, program: Programs) -> None:
    try:
        os.mknod(tree / "null", stat.S_IFCHR | 0o666, os.makedev(1, 3))
        os.mknod(tree / "disk", stat.S_IFBLK | 0o660, os.makedev(259, 1_048_575))
    except PermissionError:
        pytest.skip("no devices here")
    report = make(tree)
    assert proof(report.target) is Proof.PROVEN
    if program is unpack:
        unpack(report.target, tmp_path / "out", devices=True)
    else:
        program(report.target, tmp_path / "out")
    for name in ("null", "disk"):
        before, after = (tree / name).stat(), (tmp_path / "out" / "tree" / name).stat()
        assert (after.st_rdev, stat.S_IFMT(after.st_mode)) == (
            before.st_rdev,
            stat.S_IFMT(before.st_mode),
        )


def test_a_fifo_in_the_way_is_a_conflict(tree: Path, make: Maker, tmp_path: Path) -> None:
    os.mkfifo(tree / "pipe")
    target = make(tree).target
    place = tmp_path / "out" / "tree"
    place.mkdir(parents=True)
    (place / "pipe").write_text("mine")
    request = ExtractRequest(target, str(tmp_path / "out"), conflict=OnConflict.SKIP, devices=True)
    extract(request, Control())
    assert (place / "pipe").read_text() == "mine"


@pytest.mark.skipif(not ADMINISTRATOR, reason="only for an administrator")
def test_owners_only_where_asked_for(tree: Path, make: Maker, tmp_path: Path) -> None:
    for path in (tree / "a.txt", tree / "dangling", tree / "empty", tree):
        os.chown(path, 4321, 8765, follow_symlinks=False)
    os.chmod(tree / "a.txt", 0o6755)
    target = make(tree).target
    unpack(target, tmp_path / "mine")
    assert (tmp_path / "mine" / "tree" / "a.txt").stat().st_uid == 0
    assert (tmp_path / "mine" / "tree" / "a.txt").stat().st_mode & 0o7777 == 0o755
    assert unpack(target, tmp_path / "same", same_owner=True).problems == ()
    for name in ("a.txt", "dangling", "empty", "sub/same as a", "."):
        found = (tmp_path / "same" / "tree" / name).lstat()
        assert (found.st_uid, found.st_gid) == (4321, 8765), name
    assert (tmp_path / "same" / "tree" / "a.txt").stat().st_mode & 0o7777 == 0o6755
    assert snapshot(tmp_path / "same" / "tree") == snapshot(tree)


# --- Holes --------------------------------------------------------------------------------------

DATA = {MIB: b"x" * 5000, 7 * MIB: os.urandom(MIB), 12 * MIB: b"end"}
SIZE = 30 * MIB + 5


@pytest.fixture(params=[1 << 30, 1], ids=["dense", "packed"])
def sparse(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with sparse files, stored in one form or the other."""
    monkeypatch.setattr(holes_module, "PACKED_FROM", request.param)
    root = tmp_path / "tree"
    root.mkdir()
    with open(root / "holes", "wb") as file:
        for offset, data in DATA.items():
            file.seek(offset)
            file.write(data)
        file.truncate(SIZE)
    with open(root / "none but holes", "wb") as file:
        file.truncate(3 * MIB)
    (root / "dense").write_bytes(b"dense" * 1000)
    if (root / "holes").stat().st_blocks * 512 > SIZE // 2:
        pytest.skip("no holes here")
    return root


def blocks(root: Path) -> dict[str, int]:
    os.sync()
    return {path.name: path.stat().st_blocks for path in sorted(root.iterdir())}


@PEERS
def test_holes_stay_holes(sparse: Path, make: Maker, tmp_path: Path, program: Programs) -> None:
    report = make(sparse)
    assert report.problems == ()
    assert report.bytes_in == SIZE + 3 * MIB + 5000
    assert proof(report.target) is Proof.PROVEN
    program(report.target, tmp_path / "out")
    assert snapshot(tmp_path / "out" / "tree") == snapshot(sparse)
    if program is unpack:
        assert blocks(tmp_path / "out" / "tree") == blocks(sparse)


def test_a_map_that_does_not_fit_the_content(sparse: Path, make: Maker, tmp_path: Path) -> None:
    """In dense form it only costs holes, in sparse form it is damage."""
    parts = take_apart(Path(make(sparse).target).read_bytes())
    packed = parts.values("hole_form")[0] == 1
    starts, sizes = parts.values("hole_start"), parts.values("hole_size")
    starts[0], sizes[0] = starts[0] + 4096, MIB  # a page of it is data
    archive = tmp_path / "lie.tar.zst"
    archive.write_bytes(put_together(parts))
    report = unpack(str(archive), tmp_path / "out")
    if packed:
        assert proof(str(archive)) is Proof.DAMAGED
        assert [problem.code for problem in report.problems] == ["damaged"]
    else:
        assert proof(str(archive)) is Proof.PROVEN
        assert snapshot(tmp_path / "out" / "tree") == snapshot(sparse)


@pytest.mark.parametrize("lie", [(0, 1 << 62), (SIZE, 4096), (1 << 62, 5)])
def test_a_map_that_leads_beyond_the_file(
    sparse: Path, make: Maker, tmp_path: Path, lie: tuple[int, int]
) -> None:
    parts = take_apart(Path(make(sparse).target).read_bytes())
    parts.values("hole_start")[-1], parts.values("hole_size")[-1] = lie
    archive = tmp_path / "lie.tar.zst"
    archive.write_bytes(put_together(parts))
    assert proof(str(archive)) is not Proof.PROVEN
    unpack(str(archive), tmp_path / "out")
    assert (tmp_path / "out" / "tree" / "holes").read_bytes() == (sparse / "holes").read_bytes()


def test_a_sparse_file_that_is_cut_while_it_is_read(
    sparse: Path, tmp_path: Path, make: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.readv

    def cut(fd: int, views: list[memoryview]) -> int:
        if os.fstat(fd).st_size == SIZE:
            os.truncate(sparse / "holes", 8 * MIB)
        return real(fd, views)

    monkeypatch.setattr(os, "readv", cut)
    report = make(sparse)
    assert [problem.code for problem in report.problems] == ["changed"]
    monkeypatch.undo()
    assert proof(report.target) is Proof.PROVEN
    unpack(report.target, tmp_path / "out")
    content = (tmp_path / "out" / "tree" / "holes").read_bytes()
    assert content == (sparse / "holes").read_bytes().ljust(SIZE, b"\0")


@pytest.mark.slow
def test_a_file_of_ten_gigabytes(tmp_path: Path, make: Maker) -> None:
    size = 10 << 30
    with open(tmp_path / "huge", "wb") as file:
        file.seek(9 << 30)
        file.write(b"here")
        file.truncate(size)
    report = make(tmp_path / "huge")
    assert report.bytes_out < MIB
    assert proof(report.target) is Proof.PROVEN
    unpack(report.target, tmp_path / "out")
    by_tar(report.target, tmp_path / "tar")
    for place in ("out", "tar"):
        with open(tmp_path / place / "huge", "rb") as file:
            assert os.fstat(file.fileno()).st_blocks < 10_000
            assert os.fstat(file.fileno()).st_size == size
            file.seek(9 << 30)
            assert file.read(5) == b"here\0"


# --- Names and times ----------------------------------------------------------------------------


def test_a_path_that_no_program_can_name_at_once(tmp_path: Path, make: Maker) -> None:
    root = tmp_path / "deep"
    root.mkdir()
    (tmp_path / "out").mkdir()
    try:
        make_deep(root, 50, b"leaf")
        report = make(root)
        assert report.problems == ()
        assert proof(report.target) is Proof.PROVEN
        listing = list_archive(ListRequest(report.target), Control()).listing
        path = b"deep/" + b"/".join([NAME] * 50) + b"/leaf"
        assert listing.find(path) is not None
        assert len(path) > 4096
        assert unpack(report.target, tmp_path / "out").problems == ()
        told = subprocess.run(
            ["diff", "-r", root, tmp_path / "out" / "deep"], capture_output=True, check=False
        )
        assert told.returncode in (0, 2)  # even diff may find it too long
        subprocess.run(  # GNU tar stores such paths, too; it cannot extract them
            ["tar", "--zstd", "-cf", tmp_path / "theirs.tar.zst", "deep"], cwd=tmp_path, check=True
        )
        theirs = list_archive(ListRequest(str(tmp_path / "theirs.tar.zst")), Control()).listing
        assert theirs.find(path) is not None
    finally:
        shutil.rmtree(root)
        shutil.rmtree(tmp_path / "out")


@PEERS
def test_names_that_are_not_text(tmp_path: Path, make: Maker, program: Programs) -> None:
    root = tmp_path / "tree"
    root.mkdir()
    for name in (b"\xff\xfe", b"new\nline", b" ", b"-x", "ü".encode(), b"q" * 255, b"%00"):
        (root / os.fsdecode(name)).write_bytes(name)
    os.symlink(b"\xff target", os.fsencode(root) + b"/link")
    report = make(root)
    assert proof(report.target) is Proof.PROVEN
    program(report.target, tmp_path / "out")
    assert snapshot(tmp_path / "out" / "tree") == snapshot(root)


@PEERS
@pytest.mark.parametrize(
    "seconds", [-2_000_000_000, -1, 0, 2**31, 2**32, 2**33, 8_600_000_000, 15_000_000_000]
)
def test_times(tmp_path: Path, make: Maker, program: Programs, seconds: int) -> None:
    """1906 to 2445: 2242 is where a ustar header's eleven octal digits end."""
    root = tmp_path / "tree"
    root.mkdir()
    (root / "f").touch()
    for ns in (0, 123_456_789):
        if ns and seconds < 0 and program is by_bsdtar:
            continue  # it takes fractions of negative times for positive
        os.utime(root / "f", ns=(0, seconds * 10**9 + ns))
        kept = (root / "f").stat().st_mtime_ns
        target = make(root, overwrite=True).target
        assert proof(target) is Proof.PROVEN
        program(target, tmp_path / f"out{ns}")
        assert (tmp_path / f"out{ns}" / "tree" / "f").stat().st_mtime_ns == kept


# --- Changing archives ----------------------------------------------------------------------------


def test_holes_and_attributes_survive_editing(sparse: Path, make: Maker, tmp_path: Path) -> None:
    try:
        os.setxattr(sparse / "holes", "user.note", b"kept")
    except OSError:
        pytest.skip("no attributes here")
    os.mkfifo(sparse / "pipe")
    target = make(sparse).target
    pairs = (("tree/holes", "tree/moved"), ("tree/none but holes", "tree/nothing"))
    for old, new in pairs:
        rename(RenameRequest(target, old, new), Control())
        assert proof(target) is Proof.PROVEN
    delete(DeleteRequest(target, ("tree/dense",)), Control())
    assert proof(target) is Proof.PROVEN
    assert unpack(target, tmp_path / "out", devices=True).problems == ()
    made = tmp_path / "out" / "tree"
    assert sorted(path.name for path in made.iterdir()) == ["moved", "nothing", "pipe"]
    assert (made / "moved").read_bytes() == (sparse / "holes").read_bytes()
    assert os.getxattr(made / "moved", "user.note") == b"kept"
    assert blocks(made)["moved"] == blocks(sparse)["holes"]
    place = tmp_path / "tar"
    by_tar(target, place)
    assert (place / "tree" / "moved").read_bytes() == (sparse / "holes").read_bytes()


def test_what_is_added_is_as_faithful(sparse: Path, make: Maker, tmp_path: Path) -> None:
    (tmp_path / "first").write_text("first")
    target = make(tmp_path / "first").target
    os.mkfifo(sparse / "pipe")
    report = add(AddRequest(target, (str(sparse),)), Control())
    assert report.problems == ()
    assert proof(target) is Proof.PROVEN
    unpack(target, tmp_path / "out", devices=True)
    assert snapshot(tmp_path / "out" / "tree") == snapshot(sparse)
    assert blocks(tmp_path / "out" / "tree") == blocks(sparse)


def test_archives_of_others_become_ours(sparse: Path, tmp_path: Path) -> None:
    for form in (["gnu"], ["pax", "--sparse-version=0.1"], ["pax", "--sparse-version=1.0"]):
        archive = str(tmp_path / f"{form[-1]}.tar.zst")
        options = [f"--format={form[0]}", *form[1:], "--zstd", "--sparse", "-cf", archive, "tree"]
        subprocess.run(["tar", *options], cwd=tmp_path, check=True)
        rename(RenameRequest(archive, "tree/dense", "tree/thick"), Control())
        assert proof(archive) is Proof.PROVEN
        place = tmp_path / f"out of {form[-1]}"
        unpack(archive, place)
        for name in ("holes", "none but holes"):
            assert (place / "tree" / name).read_bytes() == (sparse / name).read_bytes()
        assert blocks(place / "tree")["holes"] == blocks(sparse)["holes"]


def test_a_link_takes_over_the_attributes(adorned: Path, make: Maker, tmp_path: Path) -> None:
    """``sub/same as a`` is another name of ``a.txt``, which carries the content."""
    target = make(adorned).target
    delete(DeleteRequest(target, ("tree/a.txt",)), Control())
    assert proof(target) is Proof.PROVEN
    unpack(target, tmp_path / "out")
    made = tmp_path / "out" / "tree" / "sub" / "same as a"
    assert os.getxattr(made, "user.note") == os.getxattr(adorned / "a.txt", "user.note")
    assert made.read_bytes() == (adorned / "a.txt").read_bytes()


def test_one_link_alone(adorned: Path, make: Maker, tmp_path: Path) -> None:
    target = make(adorned).target
    for name in ("tree/a.txt", "tree/sub/same as a"):
        place = tmp_path / name.replace("/", " ")
        extract(ExtractRequest(target, str(place), members=(name,)), Control())
        made = place / name
        assert made.read_bytes() == (adorned / "a.txt").read_bytes()
        assert os.getxattr(made, "user.note") == os.getxattr(adorned / "a.txt", "user.note")
        assert made.stat().st_nlink == 1
