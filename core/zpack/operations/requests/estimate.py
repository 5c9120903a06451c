"""What can be asked of estimating."""

from zpack.records import record


@record
class EstimateRequest:
    """What would archives of ``sources`` be? What is left out is told as for
    :class:`CreateRequest`, as is ``recovery``; ``threads`` are those that would make
    it."""

    sources: tuple[str, ...]
    threads: int = 0
    exclude: tuple[str, ...] = ()
    exclude_from: tuple[str, ...] = ()
    exclude_vcs: bool = False
    exclude_caches: bool = False
    dereference: bool = False
    recovery: int | None = None
