"""What a source is called in the archive."""

import pytest

from zpack.filesystem import by_name, named_once, source_name


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/a/b", "b"),
        ("a/b/", "b"),
        ("b//", "b"),
        ("./b", "b"),
        ("a/..b", "..b"),
        ("/", "root"),
        ("//", "root"),
        ("/..", "root"),
    ],
)
def test_names(path, name):
    assert source_name(path) == name


def test_names_that_stand_for_the_real_folder(tmp_path, monkeypatch):
    (tmp_path / "real" / "sub").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "real" / "sub")
    assert source_name(".") == "sub"
    assert source_name("./") == "sub"
    assert source_name("..") == "real"
    assert source_name("../sub/.") == "sub"


def test_what_is_named_twice_counts_once(tmp_path, monkeypatch):
    (tmp_path / "b").mkdir()
    (tmp_path / "a").touch()
    (tmp_path / "link").symlink_to("b")
    monkeypatch.chdir(tmp_path / "b")
    assert named_once(("../b", ".", "../b/", f"{tmp_path}//b", "..//a")) == ["../b", "..//a"]
    assert by_name(("../b", "../link", "../a", "../link/", "../b")) == [
        "../a",
        "../b",
        "../link",  # the link, and the folder under the link's name
        "../link/",
    ]
    assert named_once(("\0", "a\ud800/b", "\0")) == ["\0", "a\ud800/b"]
