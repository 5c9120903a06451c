"""Dataclasses to JSON and back."""

import json
from dataclasses import fields

import pytest

from zpack.errors import Explanation
from zpack.filesystem import DiskAbilities
from zpack.operations.doctor_report import Component, DoctorReport, Note
from zpack.operations.edit_requests import (
    AddRequest,
    ArchiveStamp,
    DeleteRequest,
    MakeFolderRequest,
    RenameRequest,
)
from zpack.operations.reports import (
    CreateReport,
    EditReport,
    ExtractReport,
    InfoReport,
    Proof,
    VerifyReport,
)
from zpack.operations.requests import (
    CreateRequest,
    DoctorRequest,
    ExtractRequest,
    Folder,
    InfoRequest,
    ListRequest,
    OnConflict,
    VerifyRequest,
)
from zpack.worker.serial import SerialError, from_json, to_json

PROBLEM = Explanation("damaged", 4, "Damaged", "b\udcff: no.", "Take another.", "b\udcff")

EXAMPLES = [
    CreateRequest("a", ("b", "c\udcff"), "best", 19, 2, overwrite=True),
    CreateRequest("a", ()),
    ExtractRequest("a", "b", ("m",), Folder.SMART, OnConflict.NEWER, 1),
    AddRequest("a", ("b",), "c", replace=True, level=3, exclude=("x",)),
    DeleteRequest("a", ("b", "c\udcff"), stamp=ArchiveStamp(1, 2, 3, 1 << 63)),
    RenameRequest("a", "b", "c", latest=7),
    MakeFolderRequest("a", ("b",)),
    VerifyRequest("a", 3),
    ListRequest("a"),
    InfoRequest("a"),
    CreateReport("a", 1, 2, 3, 4, 5, 0.5, (PROBLEM, PROBLEM)),
    ExtractReport("a", 1, 2, 3, 4, 5, 0.5, 6, ("x",), (PROBLEM,)),
    EditReport("a", 1, 2, 3, 4, 5, 6, 7, 8, True, 9, 10, 11, 12, 0.5, (PROBLEM,)),
    VerifyReport("a", Proof.PROOF_LOST, 1, 2, 3, 0.5),
    InfoReport("a", "f", 1, 2, 3, 4, 5, 6, 7, True, False, True, False, None),
    InfoReport("a", "f", 1, 2, 3, 4, 5, 6, 7, True, False, True, False, -5),
    DoctorRequest("a"),
    DoctorReport(
        "a", "b", (Component("c", "1"),), 1, 2, None, DiskAbilities(True, 5), (Note("xattrs", "d"),)
    ),
]


@pytest.mark.parametrize("value", EXAMPLES, ids=lambda value: type(value).__name__)
def test_there_and_back(value):
    assert from_json(type(value), json.loads(json.dumps(to_json(value)))) == value


def test_all_fields_are_named():
    value = EXAMPLES[0]
    assert set(to_json(value)) == {field.name for field in fields(value)}
    assert to_json(ExtractRequest("a", "b"))["folder"] == "none"


def test_fields_left_out_have_their_defaults():
    assert from_json(CreateRequest, {"target": "a", "sources": []}) == CreateRequest("a", ())


def test_whole_numbers_may_stand_for_seconds():
    fields = to_json(VerifyReport("a", Proof.PROVEN, 1, 2, 3, 0.5)) | {"seconds": 2}
    assert from_json(VerifyReport, fields).seconds == 2.0


@pytest.mark.parametrize(
    "change",
    [
        {"target": None},
        {"target": 1},
        {"sources": "abc"},
        {"sources": [1]},
        {"sources": {}},
        {"level": "3"},
        {"level": 3.0},
        {"level": True},
        {"threads": None},
        {"overwrite": 1},
        {"extra": 1},
    ],
)
def test_what_does_not_fit_is_refused(change):
    with pytest.raises(SerialError):
        from_json(CreateRequest, {"target": "a", "sources": ["b"]} | change)


@pytest.mark.parametrize("value", [None, [], "x", {}, {"target": "a"}])
def test_what_is_missing_is_refused(value):
    with pytest.raises(SerialError):
        from_json(CreateRequest, value)


def test_a_field_that_is_given_must_not_be_sent_too():
    with pytest.raises(SerialError):
        from_json(ListRequest, {"archive": "a"}, {"archive": "b"})
    assert from_json(ListRequest, {}, {"archive": "b"}) == ListRequest("b")
