"""How many examples property tests try, and from which seed.

By default the examples are the same in each run. ``ZPACK_FUZZ_SEED=7`` tries others, and the same
again with the same number.
"""

import os
from collections.abc import Callable
from typing import TypeVar

from hypothesis import HealthCheck, seed, settings

Test = TypeVar("Test", bound=Callable[..., object])
_SEED = os.environ.get("ZPACK_FUZZ_SEED")


def examples(count: int) -> Callable[[Test], Test]:
    """Decorates a test: ``count`` examples, the same in each run."""
    profile = settings(
        max_examples=count,
        derandomize=_SEED is None,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )

    def decorate(test: Test) -> Test:
        chosen = profile(test)
        return chosen if _SEED is None else seed(int(_SEED))(chosen)

    return decorate
