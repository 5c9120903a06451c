"""Faults of a request that need no archive to be found."""

import pytest

from zpack.errors import ExitCode, RequestRefused
from zpack.operations import ExtractRequest
from zpack.operations.extract_check import check_choice


@pytest.mark.parametrize("count", [-1, 4097])
def test_components_that_no_path_has(count: int) -> None:
    with pytest.raises(RequestRefused) as caught:
        check_choice(ExtractRequest("a", "b", strip_components=count))
    assert caught.value.explain().exit_code == ExitCode.USAGE
