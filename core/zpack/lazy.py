"""Packages whose names are imported when they are first used (PEP 562 and PEP 549's way).

`zpack --version` must not wait for codecs, nor listing an archive for what edits one.
"""

import sys
from collections.abc import Mapping, Sequence
from functools import partial
from importlib import import_module
from types import ModuleType


def make_lazy(package: str, homes: Mapping[str, Sequence[str]]) -> None:
    """``package``, which calls this at its end, offers the names of ``homes``, a list for each of
    its modules; a module is imported when the first of its names is asked for.

    A function may share its module's name: of the package it is the function, whenever either was
    imported.
    """
    where = {name: f"{package}.{home}" for home, names in homes.items() for name in names}

    class Lazy(ModuleType):
        def __getattr__(self, name: str) -> object:
            if name not in where:
                raise AttributeError(f"module {package!r} has no attribute {name!r}")
            value = self.__dict__[name] = getattr(import_module(where[name]), name)
            return value

        def __dir__(self) -> list[str]:
            return sorted({*super().__dir__(), *where})

    for name in where.keys() & homes.keys():
        setattr(Lazy, name, property(partial(_get, name=name), partial(_set, name=name)))
    sys.modules[package].__class__ = Lazy


def _get(package: ModuleType, name: str) -> object:
    if name in package.__dict__:
        return package.__dict__[name]
    return getattr(import_module(f"{package.__name__}.{name}"), name)


def _set(package: ModuleType, value: object, name: str) -> None:
    # Importing the module of that name would make it the package's attribute.
    if not isinstance(value, ModuleType):
        package.__dict__[name] = value
