"""Requests that are refused before anything runs."""

import os
from pathlib import Path

import pytest

from tests.core.operations.conftest import Maker
from zpack.errors import ExitCode, RequestRefused
from zpack.operations import CreateRequest
from zpack.operations.create_check import check_create


def codes(request: CreateRequest) -> list[str]:
    with pytest.raises(RequestRefused) as caught:
        check_create(request)
    return [fault.code for fault in caught.value.faults]


def test_all_faults_at_once(tmp_path: Path) -> None:
    request = CreateRequest(
        str(tmp_path / "no" / "x.tar.zst"), (str(tmp_path / "gone"),), preset="huge", level=99
    )
    expected = ["unknown-preset", "bad-level", "source-missing", "target-unwritable"]
    assert codes(request) == expected


def test_only_wrong_words_is_wrong_usage(tmp_path: Path) -> None:
    request = CreateRequest(str(tmp_path / "x"), (str(tmp_path),), preset="huge")
    with pytest.raises(RequestRefused) as caught:
        check_create(CreateRequest(str(tmp_path / "x.tar.zst"), (), preset="huge"))
    assert caught.value.explain().exit_code == ExitCode.USAGE
    with pytest.raises(RequestRefused) as caught:
        check_create(request)  # the target lies in the source as well
    assert caught.value.explain().exit_code == ExitCode.FAILED


def test_no_source(tmp_path: Path) -> None:
    assert codes(CreateRequest(str(tmp_path / "x"), ())) == ["nothing-to-archive"]


@pytest.mark.parametrize("inside", ["x.tar.zst", "sub/x.tar.zst"])
def test_target_inside_a_source(tmp_path: Path, inside: str) -> None:
    (tmp_path / "sub").mkdir()
    request = CreateRequest(str(tmp_path / inside), (str(tmp_path),))
    assert codes(request) == ["target-inside-source"]


def test_target_inside_a_source_by_way_of_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    os.symlink("real", tmp_path / "link")
    request = CreateRequest(str(tmp_path / "link" / "x.tar.zst"), (str(tmp_path / "real"),))
    assert codes(request) == ["target-inside-source"]


def test_the_archive_is_a_source(tmp_path: Path) -> None:
    (tmp_path / "x.tar.zst").touch()
    request = CreateRequest(
        str(tmp_path / "x.tar.zst"), (str(tmp_path / "x.tar.zst"),), overwrite=True
    )
    assert codes(request) == ["target-is-source"]


def test_a_folder_named_by_dots_is_told_by_its_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for source in (".", "./", f"../{tmp_path.name}/."):
        with pytest.raises(RequestRefused) as caught:
            check_create(CreateRequest("x.tar.zst", (source,)))
        assert f"x.tar.zst is inside {tmp_path}." in caught.value.explain().details


def test_a_neighbour_with_a_longer_name_is_no_source(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    check_create(CreateRequest(str(tmp_path / "data.tar.zst"), (str(tmp_path / "data"),)))


def test_two_sources_of_one_name(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder / "same").mkdir(parents=True)
    sources = (str(tmp_path / "a" / "same"), str(tmp_path / "b" / "same"))
    assert codes(CreateRequest(str(tmp_path / "x"), sources)) == ["same-name"]


def test_target_is_a_folder_or_exists(tmp_path: Path, tree: Path, make: Maker) -> None:
    (tmp_path / "folder").mkdir()
    source = (str(tree),)
    assert codes(CreateRequest(str(tmp_path / "folder"), source)) == ["target-is-folder"]
    target = make(tree).target
    assert codes(CreateRequest(target, source)) == ["target-exists"]
    check_create(CreateRequest(target, source, overwrite=True))


def test_target_is_a_device() -> None:
    assert codes(CreateRequest("/dev/null", ("/etc/hostname",), overwrite=True)) == [
        "target-unwritable"
    ]


@pytest.mark.parametrize("name", ["", "new/"])
def test_no_name(tmp_path: Path, tree: Path, name: str) -> None:
    target = f"{tmp_path}/{name}" if name else ""
    assert codes(CreateRequest(target, (str(tree),))) == ["target-nameless"]


@pytest.mark.parametrize("name", ["x.zip", "x.tar.gz", "x.7Z", "x.tar"])
def test_a_name_that_promises_another_format(tmp_path: Path, tree: Path, name: str) -> None:
    assert codes(CreateRequest(str(tmp_path / name), (str(tree),))) == ["target-misnamed"]


@pytest.mark.parametrize("name", ["x.tar.zst", "x.TZST", "x", "x.backup"])
def test_names_that_will_do(tmp_path: Path, tree: Path, name: str) -> None:
    check_create(CreateRequest(str(tmp_path / name), (str(tree),)))


def test_a_source_that_is_only_a_link_to_where_the_target_is(tmp_path: Path) -> None:
    os.symlink(".", tmp_path / "self")
    check_create(CreateRequest(str(tmp_path / "x.tar.zst"), (str(tmp_path / "self"),)))


def test_a_target_with_a_nul(tree: Path) -> None:
    assert codes(CreateRequest("/tmp/x\0.tar.zst", (str(tree),))) == ["target-nameless"]
