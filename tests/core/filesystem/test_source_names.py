"""What a source is called in the archive."""

import pytest

from zpack.filesystem import source_name


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
