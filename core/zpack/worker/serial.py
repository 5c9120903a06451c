"""Records to JSON values and back. Strict: what is unknown or of another type is refused."""

from array import array
from collections.abc import Mapping
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from zpack.records import Field, fields, is_record

T = TypeVar("T")


class SerialError(ValueError):
    """A JSON value that is not what its place asks for."""


def to_json(value: object) -> Any:
    """``value`` as dicts, lists and plain values: fields by name, enumerations by value."""
    if isinstance(value, Enum):
        return value.value
    if is_record(value) and not isinstance(value, type):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list | array):
        return [to_json(item) for item in value]
    return value


def from_json(kind: type[T], value: object, given: Mapping[str, object] | None = None) -> T:
    """The record ``kind`` from a JSON object, with the fields of ``given`` taken as they are.

    Fields left out have their defaults. Raises ``SerialError`` for an unknown field, one missing
    without a default, or a value of another type.
    """
    if not isinstance(value, dict):
        raise SerialError(f"{kind.__name__} is not an object")
    given = given or {}
    hashable: Any = kind  # mypy does not believe that a class is
    known = _fields(hashable)
    unknown = [name for name in value if name not in known or name in given]
    if unknown:
        raise SerialError(f"{kind.__name__} has no field {unknown[0]!r}")
    there = value.keys() | given.keys()
    missing = [name for name in known if not known[name][0].has_default and name not in there]
    if missing:
        raise SerialError(f"{kind.__name__} needs the field {missing[0]!r}")
    read = {name: _convert(known[name][1], item, name) for name, item in value.items()}
    return kind(**read, **given)


@cache
def _fields(kind: Any) -> dict[str, tuple[Field, Any]]:
    hints = get_type_hints(kind)
    return {field.name: (field, hints[field.name]) for field in fields(kind)}


def _convert(kind: Any, value: object, name: str) -> Any:
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        if value is None and NoneType in get_args(kind):
            return None
        (kind,) = (choice for choice in get_args(kind) if choice is not NoneType)
        return _convert(kind, value, name)
    if origin is tuple:
        return _convert_tuple(get_args(kind), value, name)
    if is_record(kind):
        return from_json(kind, value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _convert_enum(kind, value, name)
    return _convert_plain(kind, value, name)


def _convert_tuple(kinds: tuple[Any, ...], value: object, name: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise SerialError(f"{name} is not a list")
    if kinds[-1] is Ellipsis:
        return tuple(_convert(kinds[0], item, name) for item in value)
    if len(value) != len(kinds):
        raise SerialError(f"{name} has not {len(kinds)} items")
    return tuple(_convert(kind, item, name) for kind, item in zip(kinds, value, strict=True))


def _convert_enum(kind: type[Enum], value: object, name: str) -> Enum:
    try:
        return kind(value)
    except ValueError:
        raise SerialError(f"{name} has no choice {value!r}") from None


def _convert_plain(kind: Any, value: object, name: str) -> object:
    if kind is float and type(value) is int:
        return float(value)
    if kind is not object and type(value) is not (get_origin(kind) or kind):  # no bool for an int
        raise SerialError(f"{name} is not of type {getattr(kind, '__name__', kind)}")
    return value
