"""Records are as dataclasses are, and cost less."""

import copy
import dataclasses
import inspect
import math
import operator
import pickle
import subprocess
import sys
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zpack import records
from zpack.records import field, fields, is_record, mutable_record, record, replace


@record
class Point:
    """A frozen one, with each kind of default."""

    x: int
    y: object = None
    tags: "list[str]" = field(default_factory=list)
    seen: int = field(default=7, init=False)
    unit: ClassVar[str] = "m"

    def moved(self) -> "Point":
        """A method and a property stay what they are."""
        return replace(self, x=self.x + 1)

    @property
    def double(self) -> int:
        return 2 * self.x


@dataclasses.dataclass(frozen=True, slots=True)
class DataPoint:
    x: int
    y: object = None
    tags: "list[str]" = dataclasses.field(default_factory=list)
    seen: int = dataclasses.field(default=7, init=False)
    unit: ClassVar[str] = "m"


@mutable_record
class Place:
    name: bytes
    below: dict[bytes, "Place"] = field(default_factory=dict)


@mutable_record
class NamedPlace(Place):
    name: bytes = b"here"
    title: str = ""


@record
class Nothing:
    """No field at all."""


@record
class One:
    value: object


@record
class Same:
    value: object


@dataclasses.dataclass(frozen=True, slots=True)
class DataOne:
    value: object


_VALUES = st.one_of(st.integers(), st.text(), st.floats(), st.none(), st.tuples(st.integers()))
# What a call is given: in place, by name, too few, too many, unknown.
_CALLS = st.tuples(
    st.lists(_VALUES, max_size=5).map(tuple),
    st.dictionaries(st.sampled_from(["x", "y", "tags", "seen", "zeal"]), _VALUES),
)


def outcome(kind: Any, arguments: tuple[tuple[object, ...], dict[str, object]]) -> object:
    """What a class makes of arguments: its fields, text and so on, or its complaint."""
    try:
        made = kind(*arguments[0], **arguments[1])
    except TypeError as error:
        return str(error).replace("DataPoint", "Point")
    return dataclasses.astuple(made), repr(made).replace("DataPoint", "Point")


def new_point() -> type:
    """A class of which none was made yet."""

    @record
    class Point:
        x: int
        y: object = None
        tags: "list[str]" = field(default_factory=list)
        seen: int = field(default=7, init=False)

    Point.__qualname__ = "Point"
    return Point


@given(_CALLS)
def test_making_one_is_as_with_dataclasses(call):
    assert outcome(Point, call) == outcome(DataPoint, call)


@given(_CALLS)
def test_making_the_first_is_as_with_dataclasses(call):
    kind = new_point()
    assert outcome(kind, call) == outcome(DataPoint, call)
    # Right or wrong, compiled later is as compiled at once.
    repeated = [outcome(kind, call) for _ in range(records._FEW + 1)]
    assert repeated == [outcome(Point, call)] * len(repeated)


@given(_VALUES, _VALUES)
def test_comparing_is_as_with_dataclasses(one, other):
    assert (One(one) == One(other)) == (DataOne(one) == DataOne(other))
    assert (One(one) != One(other)) == (DataOne(one) != DataOne(other))
    if One(one) == One(other):
        assert hash(One(one)) == hash(One(other))


@given(_VALUES)
def test_copies_are_equal(value):
    made = One(value)
    for same in (copy.copy(made), copy.deepcopy(made), pickle.loads(pickle.dumps(made))):
        assert repr(same) == repr(made)
        assert type(same) is One
    assert copy.copy(made) == made  # not a number is only itself


def test_other_classes_are_never_equal():
    assert One(1) != Same(1)
    assert One(1).__eq__(Same(1)) is NotImplemented
    assert One(1) != 1
    assert Nothing() == Nothing()
    assert hash(Nothing()) == hash(Nothing())
    assert One(math.nan) != One(float("nan"))
    assert {One(1): "a"}[One(1)] == "a"


def test_defaults():
    first, second = Point(1), Point(1)
    assert (first.x, first.y, first.tags, first.seen, first.unit) == (1, None, [], 7, "m")
    assert first.tags is not second.tags
    assert Point(1, tags=["a"]).tags == ["a"]
    assert not hasattr(Point(1), "__dict__")


def test_what_is_frozen_stays():
    point = Point(1)
    for change in (
        lambda: setattr(point, "x", 2),
        lambda: setattr(point, "other", 2),
        lambda: delattr(point, "x"),
    ):
        with pytest.raises(dataclasses.FrozenInstanceError):
            change()
    assert point == Point(1)


def test_what_is_mutable_changes():
    place = Place(b"a")
    place.name = b"b"
    assert place == Place(b"b")
    with pytest.raises(AttributeError):
        place.other = 1
    with pytest.raises(TypeError, match="unhashable"):
        hash(place)
    same = copy.deepcopy(place)
    same.below[b"c"] = place
    assert same != place
    assert pickle.loads(pickle.dumps(same)) == same


def test_methods_and_text():
    assert Point(1).moved() == Point(2)
    assert Point(4).double == 8
    assert repr(Point(1, "b")) == "Point(x=1, y='b', tags=[], seen=7)"
    place = Place(b"a")
    place.below[b"loop"] = place
    assert repr(place) == "Place(name=b'a', below={b'loop': ...})"
    assert (Point.__doc__, Point.__name__, Point.__module__) == (
        "A frozen one, with each kind of default.",
        "Point",
        __name__,
    )


def test_inheriting():
    assert NamedPlace() == NamedPlace(b"here", {}, "")
    assert [each.name for each in fields(NamedPlace)] == ["name", "below", "title"]
    assert NamedPlace.__slots__ == ("title",)
    assert NamedPlace(b"a") != Place(b"a")
    assert isinstance(NamedPlace(), Place)


def test_matching():
    match Point(1, "b"):
        case Point(x, y, tags):
            assert (x, y, tags) == (1, "b", [])
        case _:
            pytest.fail("not matched")


def test_changes():
    assert replace(Point(1, 2, ["a"]), y=3) == Point(1, 3, ["a"])
    with pytest.raises(TypeError):
        replace(Point(1), z=3)
    with pytest.raises(TypeError):
        replace(Point(1), seen=3)


def test_one_shared_by_all_is_refused():
    with pytest.raises(ValueError, match="items"):

        @record
        class Shared:
            items: list[int] = []  # noqa: RUF012


def test_what_is_done_after_making():
    @mutable_record
    class Sum:
        parts: tuple[int, ...]
        total: int = field(default=0, init=False)

        def __post_init__(self) -> None:
            self.total = sum(self.parts)

    for _ in range(records._FEW + 1):
        assert Sum((1, 2)).total == 3


def test_own_methods_are_kept():
    @record
    class Loud:
        name: str

        def __repr__(self) -> str:
            return self.name.upper()

    assert repr(Loud("a")) == "A"


def test_telling_records():
    assert is_record(Point(1))
    assert is_record(Point)
    assert not is_record(1)
    assert not is_record(DataPoint)
    assert [(each.name, each.type, each.has_default) for each in fields(Point(1))] == [
        ("x", int, False),
        ("y", object, True),
        ("tags", "list[str]", True),
        ("seen", int, True),
    ]


class TestAsADataclass:
    """``dataclasses`` takes records for its own."""

    def test_fields(self):
        assert dataclasses.is_dataclass(Point)
        assert dataclasses.is_dataclass(Point(1))
        ask = operator.attrgetter("name", "type", "default", "default_factory", "init")
        expected = list(map(ask, dataclasses.fields(DataPoint)))
        assert list(map(ask, dataclasses.fields(Point))) == expected
        assert list(map(ask, dataclasses.fields(Point(1)))) == expected

    def test_contents(self):
        nested = One((Point(1), {"a": Place(b"b")}))
        place = {"name": b"b", "below": {}}
        point = {"x": 1, "y": None, "tags": [], "seen": 7}
        assert dataclasses.asdict(nested) == {"value": (point, {"a": place})}
        assert dataclasses.astuple(Point(1)) == (1, None, [], 7)

    def test_changes(self):
        assert dataclasses.replace(Point(1), x=2) == Point(2)
        assert dataclasses.replace(NamedPlace(), title="a") == NamedPlace(title="a")

    def test_inheriting(self):
        @dataclasses.dataclass(frozen=True)
        class Two(One):
            other: int = 3

        assert Two(1) == Two(1, 3)
        assert [each.name for each in dataclasses.fields(Two)] == ["value", "other"]
        with pytest.raises(TypeError):
            dataclasses.dataclass(type("Soft", (Point,), {}))

    def test_signature(self):
        ask = operator.attrgetter("name", "kind", "annotation")
        expected = map(ask, inspect.signature(DataPoint).parameters.values())
        assert list(map(ask, inspect.signature(Point).parameters.values())) == list(expected)
        assert inspect.signature(One) == inspect.signature(DataOne)


def test_defining_and_making_records_does_without_dataclasses():
    code = """
import sys
from zpack.records import record, mutable_record, field, replace
@record
class A:
    a: int
    b: list = field(default_factory=list)
assert replace(A(1), a=2) == A(2) and repr(A(1)) and A.__match_args__ == ("a", "b")
sys.exit(bool({"dataclasses", "inspect"} & sys.modules.keys()))
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_class_of_few_records_is_never_compiled(monkeypatch):
    made: list[type] = []
    real = records._init
    monkeypatch.setattr(records, "_init", lambda cls, *more: made.append(cls) or real(cls, *more))

    @record
    class Late:
        a: int

    few = [Late(number) for number in range(records._FEW)]
    assert made == []
    many = [Late(number) for number in range(1000)]
    assert made == [Late]
    assert few == many[: len(few)]
    assert [each.a for each in many] == list(range(1000))
