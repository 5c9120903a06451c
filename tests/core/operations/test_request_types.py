"""What no type checker has seen is refused before anything is done, with the field's name."""

import inspect
from pathlib import Path

import pytest

import zpack
from zpack import Control, CreateEachRequest, CreateFromTarRequest, CreateRequest
from zpack.operations.request_types import check_types

NOT_FITTING = [
    (CreateRequest("a", "files"), r"CreateRequest.sources is to be tuple\[str, ...\], not 'files'"),
    (CreateRequest("a", (Path("b"),)), r"CreateRequest.sources is to be .*, not \(PosixPath"),
    (CreateRequest(Path("a"), ("b",)), r"CreateRequest.target is to be str, not PosixPath"),
    (CreateRequest("a", ("b",), exclude="*.o"), r"CreateRequest.exclude is to be tuple"),
    (CreateRequest("a", ("b",), level="3"), r"CreateRequest.level is to be int \| None, not '3'"),
    (CreateRequest("a", ("b",), originals="delete"), r"originals is to be Originals"),
    (CreateEachRequest(CreateRequest("a", "bc")), r"CreateRequest.sources is"),
    (CreateFromTarRequest("a", CreateRequest(None, ())), r"CreateRequest.target is"),
    (zpack.ExtractRequest("a", "b", members="photos"), r"ExtractRequest.members is"),
    (zpack.ExtractRequest("a", "b", conflict="skip"), r"conflict is to be OnConflict, not 'skip'"),
    (zpack.ExtractRequest("a", "b", limits=None), r"ExtractRequest.limits is to be Limits"),
    (zpack.PipeRequest("a", include="*.txt"), r"PipeRequest.include is"),
    (zpack.ListRequest(None), r"ListRequest.archive is"),
    (zpack.InfoRequest(b"a"), r"InfoRequest.archive is"),
    (zpack.VerifyRequest("a", threads=None), r"VerifyRequest.threads is to be int, not None"),
    (zpack.CompareRequest("a", "b", ignore="mtime"), r"CompareRequest.ignore is"),
    (zpack.EstimateRequest("photos"), r"EstimateRequest.sources is"),
    (zpack.DoctorRequest(3), r"DoctorRequest.path is"),
    (zpack.AddRequest("a", "photos"), r"AddRequest.sources is"),
    (zpack.DeleteRequest("a", "photos"), r"DeleteRequest.members is"),
    (zpack.RenameRequest("a", "b", None), r"RenameRequest.new_path is"),
    (zpack.MakeFolderRequest("a", "photos"), r"MakeFolderRequest.paths is"),
    (zpack.RepairRequest("a", Path("b")), r"RepairRequest.target is"),
    (zpack.AssessDamageRequest("a", copies="bc"), r"AssessDamageRequest.copies is"),
    (zpack.AddRecoveryRequest("a", "5%"), r"AddRecoveryRequest.percent is"),
    (zpack.ManifestRequest("a", "sha256"), r"ManifestRequest.algorithm is to be Algorithm"),
]
VERBS = {
    "CreateRequest": zpack.create,
    "CreateEachRequest": zpack.create_each,
    "CreateFromTarRequest": zpack.create_from_tar,
    "ExtractRequest": zpack.extract,
    "PipeRequest": zpack.write_contents,
    "ListRequest": zpack.list_archive,
    "InfoRequest": zpack.info,
    "VerifyRequest": zpack.verify,
    "CompareRequest": zpack.compare,
    "EstimateRequest": zpack.estimate,
    "DoctorRequest": zpack.doctor,
    "AddRequest": zpack.add,
    "DeleteRequest": zpack.delete,
    "RenameRequest": zpack.rename,
    "MakeFolderRequest": zpack.make_folder,
    "RepairRequest": zpack.repair,
    "AssessDamageRequest": zpack.assess_damage,
    "AddRecoveryRequest": zpack.add_recovery,
    "ManifestRequest": zpack.write_manifest,
}


def call(verb, request):
    middle = [None] if verb in (zpack.write_contents, zpack.write_tar, zpack.write_manifest) else []
    return verb(request, *middle, Control())


@pytest.mark.parametrize(("request_", "words"), NOT_FITTING, ids=range(len(NOT_FITTING)))
def test_a_field_of_another_type(request_, words):
    with pytest.raises(TypeError, match=words):
        call(VERBS[type(request_).__name__], request_)


@pytest.mark.parametrize("verb", [*VERBS.values(), zpack.write_tar], ids=lambda verb: verb.__name__)
def test_another_verbs_request(verb):
    other = zpack.create if verb is not zpack.create else zpack.extract
    name = next(iter(inspect.signature(other).parameters.values())).annotation.__name__
    wrong = next(each for each, _ in NOT_FITTING if type(each).__name__ == name)
    with pytest.raises(TypeError, match=rf"Request is wanted, not a {name}"):
        call(verb, wrong)


def test_lists_are_as_good_as_tuples():
    check_types(CreateRequest("a", ["b", "c"], exclude=[]), CreateRequest)
