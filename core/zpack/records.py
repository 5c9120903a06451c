"""Records: classes that are made of their fields, as those of ``dataclasses``.

A dataclass takes half a millisecond to define, and its module ten to import: a third of the time of
a command that takes out one file. Here a class costs a twentieth of that until many are made. To
``dataclasses.fields``, ``replace``, ``asdict`` and all who ask for them records are dataclasses.
"""

import sys
from collections.abc import Callable
from functools import partial
from operator import attrgetter
from reprlib import recursive_repr
from types import FunctionType
from typing import TYPE_CHECKING, Any, ClassVar, Never, TypeVar, cast, dataclass_transform, overload

if TYPE_CHECKING:
    from dataclasses import replace

__all__ = ["Field", "field", "fields", "is_record", "mutable_record", "record", "replace"]

T = TypeVar("T")

_MISSING: Any = object()
_FEW = 16  # compiling takes as long as making some thirty without


class Field:
    """One field of a record. ``default`` and ``factory`` are there if ``has_default`` says so."""

    __slots__ = ("default", "factory", "init", "name", "type")

    def __init__(self, default: Any, factory: Any, init: bool) -> None:
        self.name = ""
        self.type: Any = None
        self.default = default
        self.factory = factory
        self.init = init

    @property
    def has_default(self) -> bool:
        """Whether a value may be left out."""
        return self.default is not _MISSING or self.factory is not None


@overload
def field(*, default: T, init: bool = True) -> T: ...
@overload
def field(*, default_factory: Callable[[], T], init: bool = True) -> T: ...
def field(*, default: Any = _MISSING, default_factory: Any = None, init: bool = True) -> Any:
    """What a field has for a default, where a plain value won't do: ``default_factory`` makes one
    for each record, and without ``init`` nobody may give another."""
    return Field(default, default_factory, init)


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[T]) -> type[T]:
    """A class of records that never change, like ``@dataclass(frozen=True, slots=True)``.

    Its annotations are its fields, in order. Comparable, hashable if its fields are, can be copied
    and pickled. Setting a field raises ``dataclasses.FrozenInstanceError``.
    """
    fields = _fields(cls)
    values = attrgetter("__class__", *fields)  # the class too: so it is a tuple for one field
    frozen = {
        "__init__": _LateInit(_frozen_init),
        "__hash__": lambda self: hash(values(self)),
        "__setattr__": _refuse,
        "__delattr__": _refuse,
        "__getstate__": _state,
        "__setstate__": _set_state,
    }
    return _with_slots(cls, fields, _shared(values) | frozen)


@dataclass_transform(field_specifiers=(field,))
def mutable_record(cls: type[T]) -> type[T]:
    """A class of records that change, like ``@dataclass(slots=True)``: comparable, not hashable."""
    fields = _fields(cls)
    values = attrgetter("__class__", *fields)
    mutable = {"__init__": _LateInit(_mutable_init), "__hash__": None}
    return _with_slots(cls, fields, _shared(values) | mutable)


def is_record(value: object) -> bool:
    """Whether it is a record, or a class of them."""
    return hasattr(value, "__record_fields__")


def fields(value: Any) -> tuple[Field, ...]:
    """The fields of a record, or of a class of them, in order."""
    return tuple(value.__record_fields__.values())


if not TYPE_CHECKING:  # checkers know how to check the changes

    def replace(record, /, **changes):
        """A record as this one, but for ``changes``."""
        same = {each.name: getattr(record, each.name) for each in fields(record) if each.init}
        return type(record)(**(same | changes))


# --- Defining ---------------------------------------------------------------------------------


def _fields(cls: type) -> dict[str, Field]:
    found: dict[str, Field] = {}
    for base in reversed(cls.__mro__[1:]):
        found |= base.__dict__.get("__record_fields__", {})
    for name, annotation in cls.__annotations__.items():
        if annotation is not ClassVar and getattr(annotation, "__origin__", None) is not ClassVar:
            value = cls.__dict__.get(name, _MISSING)
            each = value if isinstance(value, Field) else Field(value, None, True)
            if each.default.__class__.__hash__ is None:
                raise ValueError(f"all records would share the default of {name}: use a factory")
            each.name, each.type = name, annotation
            found[name] = each
    return found


def _with_slots(cls: type[T], fields: dict[str, Field], methods: dict[str, Any]) -> type[T]:
    """The class anew, since slots cannot be added to one."""
    own = {name: value for name, value in cls.__dict__.items() if name not in fields}
    for name in ("__dict__", "__weakref__"):  # the old class's places of them
        own.pop(name, None)
    inherited = {name for base in cls.__mro__[1:] for name in base.__dict__.get("__slots__", ())}
    added = {
        "__qualname__": cls.__qualname__,
        "__slots__": tuple(name for name in fields if name not in inherited),
        "__match_args__": tuple(name for name, each in fields.items() if each.init),
        "__record_fields__": fields,
        "__dataclass_fields__": _Late(lambda home: _dataclass(home).__dataclass_fields__),
        "__dataclass_params__": _Late(lambda home: _dataclass(home).__dataclass_params__),
    }
    metaclass: Any = type(cls)
    return cast(type[T], metaclass(cls.__name__, cls.__bases__, methods | own | added))


class _Late:
    """An attribute of a class that is made when it is first asked for. Thread-safe: made twice, it
    is the same."""

    __slots__ = ("_home", "_make", "_name")

    def __init__(self, make: Callable[[type], Any]) -> None:
        self._make = make

    def __set_name__(self, home: type, name: str) -> None:
        self._home, self._name = home, name

    def __get__(self, instance: object, owner: type) -> Any:
        value = self._make(self._home)
        setattr(self._home, self._name, value)
        return value.__get__(instance, owner) if isinstance(value, FunctionType) else value


# --- Initializing -----------------------------------------------------------------------------


class _LateInit(_Late):
    """``__init__``, compiled for those who look at it, and for classes of many records. The first
    few do without: most classes have no more."""

    __slots__ = ("_few",)

    def __init__(self, make: Callable[[type], Any]) -> None:
        super().__init__(make)
        self._few = _FEW

    def __get__(self, instance: object, owner: type) -> Any:
        if instance is None or not self._few:
            return super().__get__(instance, owner)
        self._few -= 1
        return partial(_initialize, self._home, instance)


def _initialize(cls: Any, record: Any, /, *given: object, **named: object) -> None:
    """What the compiled one does, at ten times the cost."""
    taken = {each.name: each for each in fields(cls) if each.init}
    required = {name for name, each in taken.items() if not each.has_default}
    values = dict(zip(taken, given, strict=False), **named)
    if len(values) < len(given) + len(named) or not required <= values.keys() <= taken.keys():
        # It complains in the language's own words.
        cls.__init__(record, *given, **named)
    for each in fields(cls):
        if each.name in values:
            value = values[each.name]
        elif each.has_default:
            value = each.default if each.factory is None else each.factory()
        else:
            continue
        object.__setattr__(record, each.name, value)
    if hasattr(cls, "__post_init__"):
        record.__post_init__()


def _mutable_init(cls: type) -> FunctionType:
    return _init(cls, "self.{name} = {value}", {})


def _frozen_init(cls: type) -> FunctionType:
    # The slot's own setter passes by `__setattr__`, in half the time of `object.__setattr__`.
    setters = {f"__set_{each.name}": getattr(cls, each.name).__set__ for each in fields(cls)}
    return _init(cls, "__set_{name}(self, {value})", setters)


def _init(cls: type, assignment: str, names: dict[str, Any]) -> FunctionType:
    """``__init__``, compiled from the text that one would write. ``names``: what it uses."""
    parameters, body = ["self"], []
    for each in fields(cls):
        name = value = each.name
        if each.factory is not None:
            names |= {"__missing": _MISSING, f"__make_{name}": each.factory}
            value = f"__make_{name}()"
            value += f" if {name} is __missing else {name}" if each.init else ""
        elif each.has_default:
            names[f"__default_{name}"] = each.default
            value = name if each.init else f"__default_{name}"
        default = "__missing" if each.factory is not None else f"__default_{name}"
        if each.init:
            parameters.append(f"{name}={default}" if each.has_default else name)
        if each.init or each.has_default:
            body.append(assignment.format(name=name, value=value))
    if hasattr(cls, "__post_init__"):
        body.append("self.__post_init__()")
    lines = "\n  ".join(body or ["pass"])
    text = (
        f"def __with({', '.join(names)}):\n"
        f" def __init__({', '.join(parameters)}):\n  {lines}\n"
        " return __init__"
    )
    made: dict[str, Any] = {}
    exec(text, sys.modules[cls.__module__].__dict__, made)
    init: FunctionType = made["__with"](**names)
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    init.__annotations__ = {each.name: each.type for each in fields(cls) if each.init}
    init.__annotations__["return"] = None
    return init


# --- What records do --------------------------------------------------------------------------


def _shared(values: Callable[[Any], tuple[Any, ...]]) -> dict[str, Any]:
    def equal(self: object, other: object) -> Any:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return values(self) == values(other)

    return {"__eq__": equal, "__repr__": _text, "__replace__": replace}


@recursive_repr()
def _text(self: object) -> str:
    named = (f"{each.name}={getattr(self, each.name)!r}" for each in fields(self))
    return f"{self.__class__.__qualname__}({', '.join(named)})"


def _refuse(self: object, name: str, value: object = None) -> Never:  # noqa: ARG001
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"a record never changes, nor does its {name}")


def _state(self: object) -> list[Any]:
    return [getattr(self, each.name) for each in fields(self)]


def _set_state(self: object, state: list[Any]) -> None:
    for each, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, each.name, value)


def _dataclass(cls: type) -> Any:
    """A dataclass of the same fields, for those who ask a record for its own."""
    from dataclasses import dataclass
    from dataclasses import field as its_field

    namespace: dict[str, Any] = {"__annotations__": {}, "__module__": cls.__module__}
    for each in fields(cls):
        namespace["__annotations__"][each.name] = each.type
        if each.factory is not None:
            namespace[each.name] = its_field(default_factory=each.factory, init=each.init)
        elif each.has_default:
            namespace[each.name] = its_field(default=each.default, init=each.init)
    frozen = cls.__setattr__ is _refuse
    return dataclass(frozen=frozen)(type(cls.__name__, (), namespace))
