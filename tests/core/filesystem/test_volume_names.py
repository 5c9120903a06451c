"""Names of volumes."""

from pathlib import Path

import pytest

from zpack.filesystem import split_volume_name, volume_base, volume_name, volumes_there


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a.tar.zst.001", ("a.tar.zst", 1)),
        ("x/a.999", ("x/a", 999)),
        ("a.000", None),
        ("a.01", None),
        ("a.0001", None),
        ("a.tar.zst", None),
        (".001", None),
        ("a\n.002", ("a\n", 2)),
    ],
)
def test_split(path: str, expected: tuple[str, int] | None) -> None:
    assert split_volume_name(path) == expected
    if expected is not None:
        assert volume_name(*expected) == path


def test_only_with_a_first_one_beside_it(tmp_path: Path) -> None:
    base = str(tmp_path / "a.zst")
    for name in ("a.zst.002", "a.zst.010", "a.zstx.003", "b.zst.004", "a.zst.x", "a.zst"):
        (tmp_path / name).touch()
    assert volume_base(f"{base}.002") is None
    (tmp_path / "a.zst.001").touch()
    assert volume_base(f"{base}.002") == base
    assert volume_base(base) is None
    assert volumes_there(base) == [1, 2, 10]
