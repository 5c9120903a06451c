"""Names of archives in a batch."""

import pytest

from zpack.operations.each_target import target_for


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a", "f/a.tar.zst"),
        ("x/b/", "f/b.tar.zst"),
        ("x/c.txt", "f/c.txt.tar.zst"),
        ("/usr/.", "f/usr.tar.zst"),
    ],
)
def test_the_name_with_the_ending(source: str, expected: str) -> None:
    assert target_for("f", source, None) == expected
    assert target_for("f", source, "fastest") == expected.removesuffix("zst") + "lz4"
