"""Requests by programs that no type checker has seen."""

from types import GenericAlias, UnionType
from typing import Any


def check_types(request: object, kind: Any) -> None:
    """Raises ``TypeError`` if ``request`` is no ``kind``, or a field of it not of its type: a
    string where several are meant would be taken letter by letter."""
    if not isinstance(request, kind):
        raise TypeError(f"a {kind.__name__} is wanted, not a {type(request).__name__}")
    for name, wanted in kind.__annotations__.items():
        value = getattr(request, name)
        if not _fits(value, wanted):
            what = wanted.__name__ if isinstance(wanted, type) else wanted
            raise TypeError(f"{kind.__name__}.{name} is to be {what}, not {value!r}")


def _fits(value: object, wanted: Any) -> bool:
    if isinstance(wanted, UnionType):
        return any(_fits(value, each) for each in wanted.__args__)
    if isinstance(wanted, GenericAlias):  # tuple[str, ...]
        return isinstance(value, tuple | list) and all(
            _fits(each, wanted.__args__[0]) for each in value
        )
    return isinstance(value, wanted)
