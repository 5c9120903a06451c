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
