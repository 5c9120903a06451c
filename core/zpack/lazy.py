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

    def load(name: str, _package: ModuleType | None = None) -> object:
        return getattr(import_module(where[name]), name)

    class Lazy(ModuleType):
        def __getattr__(self, name: str) -> object:
            if name not in where:
                raise AttributeError(f"module {package!r} has no attribute {name!r}")
            value = load(name)
            self.__dict__[name] = value
            return value

        def __dir__(self) -> list[str]:
            return sorted({*super().__dir__(), *where})

    for name in where.keys() & homes.keys():
        # The import of the module would set the attribute to the module.
        setattr(Lazy, name, property(partial(load, name), _keep))
    sys.modules[package].__class__ = Lazy


def _keep(_package: ModuleType, _module: object) -> None:
    """The function stays what the package's attribute means."""
