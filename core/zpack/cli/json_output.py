"""Answers for programs. docs/command-line.md describes their shape."""

import base64
import json
import os
import sys
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import TYPE_CHECKING, Any

from zpack.errors import Explanation, RequestRefused
from zpack.records import fields, is_record

if TYPE_CHECKING:
    from zpack.operations.reports import Report  # an error is written without all of that


def write_object(value: dict[str, Any]) -> None:
    """One JSON object on a line of its own, to standard output."""
    sys.stdout.write(json.dumps(value) + "\n")


def write_report(report: "Report") -> None:
    """A report's fields, and its exit code."""
    write_object(report_object(report))


def report_object(report: "Report", leave_out: tuple[str, ...] = ()) -> dict[str, Any]:
    """A report as a JSON object, without some of its fields."""
    return _fields(report, leave_out) | {"exit_code": int(report.exit_code)}


def record_object(record: Any) -> dict[str, Any]:
    """Any record of a report as a JSON object: its fields."""
    return _fields(record)


def _fields(record: Any, leave_out: tuple[str, ...] = ()) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for field in fields(record):
        if field.name not in leave_out:
            value |= _field(field.name, getattr(record, field.name))
    return value


def _field(name: str, value: object) -> dict[str, Any]:
    if isinstance(value, Enum):
        return {name: value.value}
    if isinstance(value, str):
        return text(name, os.fsencode(value))
    if isinstance(value, tuple):
        return {name: [_item(item) for item in value]}
    if is_record(value):
        return {name: _fields(value)}
    return {name: value}


def _item(item: object) -> Any:
    if isinstance(item, Explanation):
        return explanation_object(item)
    if is_record(item):
        return _fields(item)
    return text("path", os.fsencode(str(item)))


def explanation_object(error: Explanation) -> dict[str, Any]:
    """An error or a problem as a JSON object."""
    value: dict[str, Any] = {
        "code": error.code,
        "exit_code": error.exit_code,
        "title": error.title,
        "details": error.details,
        "hint": error.hint,
    }
    return value | (text("path", os.fsencode(error.path)) if error.path else {})


def write_error(error: BaseException, explanation: Explanation) -> None:
    """The answer of a command that failed; of a refused request with all its faults."""
    value = explanation_object(explanation)
    if isinstance(error, RequestRefused):
        value["faults"] = [explanation_object(fault.explain()) for fault in error.faults]
    write_object({"error": value})


def text(name: str, value: bytes) -> dict[str, str]:
    """A name or path as text; if it is not UTF-8, its bytes too, in base64."""
    try:
        return {name: value.decode("utf-8")}
    except UnicodeDecodeError:
        exact = base64.b64encode(value).decode("ascii")
        return {name: value.decode("utf-8", "replace"), f"{name}_bytes": exact}


def stream_object(
    before: dict[str, Any], name: str, items: Iterable[dict[str, Any]], after: dict[str, Any]
) -> Iterator[str]:
    """One object with a list of any length in its middle, piece by piece: never held whole."""
    encode = json.JSONEncoder().encode
    yield encode(before)[:-1] + (", " if before else "") + f"{encode(name)}: ["
    separator = "\n"
    for item in items:
        yield separator + encode(item)
        separator = ",\n"
    yield "\n]"
    if after:
        yield ", " + encode(after)[1:-1]
    yield "}\n"
