"""Words, icons, colours and translations."""

import re
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QToolButton

from tests.gui.user import User
from zpack_gui.look.colours import DARK, LIGHT, Colours
from zpack_gui.look.icons import application_icon, icon
from zpack_gui.look.resources import resource
from zpack_gui.look.theme import Theme, palette
from zpack_gui.look.wording import plain_tooltip, words
from zpack_gui.models.order import name_key

ICONS = sorted(path.stem for path in resource("icons").glob("*.svg"))


@pytest.fixture(autouse=True)
def looks(theme: Theme) -> None:
    """Words and icons need the application."""


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (2, "a few seconds left"),
        (42, "40 s left"),
        (95, "2 min left"),
        (7500, "2 h 5 min left"),
    ],
)
def test_time_left_is_no_more_exact_than_it_can_be(seconds: float, text: str) -> None:
    assert words.left(seconds) == text


def test_sizes_and_counts() -> None:
    assert words.size(999) == "999 bytes"
    assert words.size(4_128_771) == "4.1 MB"
    assert [words.size(n) for n in (1000, 8922, 52_000, 999_600, 131_600_000)] == [
        "1.0 kB",
        "8.9 kB",
        "52 kB",
        "1.0 MB",
        "132 MB",
    ]
    assert words.packed(100_000, 31_000) == "100 kB → 31 kB (31 %)"
    assert words.packed(50, 3000) == "50 bytes → 3.0 kB"
    assert words.size(5_000_000_000_000) == "5.0 TB"
    assert words.exact_size(4_128_771) == "4,128,771 bytes"
    assert [words.files(n) for n in (0, 1, 2, 12345)] == [
        "0 files",
        "1 file",
        "2 files",
        "12,345 files",
    ]
    assert words.ratio(31, 100) == "31 %"
    assert words.ratio(1, 0) == ""


def test_no_part_of_a_text_can_smuggle_in_another() -> None:
    assert words.fill("%1 to %2 at 50 %", "%2", "x") == "%2 to x at 50 %"


def test_times_no_calendar_has_are_empty() -> None:
    assert words.moment(2**62) == ""
    assert words.moment(-(2**62)) == ""
    assert words.moment(0) != ""


def test_tool_tips_stay_plain() -> None:
    assert "<b>" not in plain_tooltip("<b>x</b>")


def test_numbers_in_names_sort_as_numbers() -> None:
    names = [b"a10", b"A2", b"a", b"b1", b"a2b"]
    assert sorted(names, key=name_key) == [b"a", b"A2", b"a2b", b"a10", b"b1"]


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_draws_something_at_1x_and_2x(name: str) -> None:
    for size in (16, 32):
        image = icon(name, "accent").pixmap(QSize(size, size)).toImage()
        assert image.width() == size
        shown = {image.pixelColor(x, y).alpha() for x in range(size) for y in range(size)}
        assert len(shown) > 1


def test_the_program_is_known_by_its_icon() -> None:
    assert not application_icon().pixmap(16, 16).isNull()


@pytest.mark.parametrize("scheme", [LIGHT, DARK])
@pytest.mark.parametrize("role", ["text", "muted", "accent", "good", "attention", "bad"])
@pytest.mark.parametrize("ground", ["window", "surface"])
def test_text_can_be_read(scheme: Colours, role: str, ground: str) -> None:
    one, other = (luminance(getattr(scheme, name)) for name in (role, ground))
    assert (max(one, other) + 0.05) / (min(one, other) + 0.05) >= 4.2


def luminance(name: str) -> float:
    """As WCAG defines it."""
    parts = (QColor(name).redF(), QColor(name).greenF(), QColor(name).blueF())
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_dark_is_dark(qapp: QApplication) -> None:
    theme = Theme(qapp, Qt.ColorScheme.Dark)
    assert qapp.palette().window().color().lightness() < 60
    theme.deleteLater()
    back = Theme(qapp, Qt.ColorScheme.Light)
    assert qapp.palette() == palette(LIGHT)
    back.deleteLater()


def test_what_has_only_an_icon_has_a_name(user: User) -> None:
    for made in user.window.findChildren(QToolButton):
        if made.isVisible() and not made.text():
            assert made.accessibleName(), made


def test_plurals_are_translated(tmp_path: Path) -> None:
    """Every plural of the sources is in the English translation, and that is compiled."""
    source = resource("translations/zpack_en.ts")
    known = set(re.findall(r"<source>(.*?)</source>", source.read_text(encoding="utf-8")))
    package = Path(sys.modules["zpack_gui"].__file__ or "").parent
    used: set[str] = set()
    for path in package.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        used.update(re.findall(r'self\.tr\(\s*"([^"]*%n[^"]*)"', text))
    assert used == known
    compiled = tmp_path / "zpack_en.qm"
    tool = Path(sysconfig.get_path("scripts")) / "pyside6-lrelease"
    subprocess.run([tool, source, "-qm", compiled], check=True, capture_output=True)
    assert compiled.read_bytes() == resource("translations/zpack_en.qm").read_bytes()
