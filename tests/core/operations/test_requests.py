"""What requests imply."""

import pytest

from zpack.operations import CreateRequest, Originals


@pytest.mark.parametrize("originals", [Originals.DELETE, Originals.TRASH])
def test_nothing_is_removed_without_verifying(originals: Originals) -> None:
    assert CreateRequest("x", ("y",), originals=originals).verifies
    assert not CreateRequest("x", ("y",)).verifies
