"""Answers for programs."""

import base64
import json

from zpack.cli.json_output import explanation_object, report_object, stream_object, text
from zpack.errors import EntryDamaged
from zpack.operations import ExtractReport, Proof, VerifyReport


def test_text():
    assert text("path", "grüße".encode()) == {"path": "grüße"}
    assert text("path", b"a\xffb") == {
        "path": "a\ufffdb",
        "path_bytes": base64.b64encode(b"a\xffb").decode(),
    }


def test_a_problem_about_a_path_that_is_not_utf8():
    value = explanation_object(EntryDamaged("b\udcff", "no").explain())
    assert json.loads(json.dumps(value))["path_bytes"] == base64.b64encode(b"b\xff").decode()
    assert "path" not in explanation_object(EntryDamaged("", "no").explain())


def test_reports():
    verified = VerifyReport("a", Proof.PROOF_LOST, 1, 1, 5, 0.5)
    assert report_object(verified, leave_out=("frames", "good_frames", "folder", "same")) == {
        "archive": "a",
        "proof": "proof lost",
        "files": 1,
        "good": 1,
        "bytes_checked": 5,
        "seconds": 0.5,
        "problems": [],
        "depth": "full",
        "entries": [],
        "damaged_frames": [],
        "differences": [],
        "exit_code": 4,
    }
    extracted = ExtractReport("a", 1, 0, 0, 0, 5, 0.5, replaced=("x", "y\udcff"))
    assert report_object(extracted)["replaced"][0] == {"path": "x"}
    assert "path_bytes" in report_object(extracted)["replaced"][1]


def test_streams():
    def parse(*arguments: object) -> object:
        return json.loads("".join(stream_object(*arguments)))

    assert parse({"a": 1}, "b", iter([{"c": 2}, {"d": 3}]), {"e": 4}) == {
        "a": 1,
        "b": [{"c": 2}, {"d": 3}],
        "e": 4,
    }
    assert parse({}, "b", iter(()), {}) == {"b": []}
