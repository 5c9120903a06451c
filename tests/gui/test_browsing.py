"""The browser with mouse and keys: folders, breadcrumb, empty and hostile archives."""

import subprocess
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt

from tests.gui.user import User
from zpack.jobs import Control
from zpack.operations import CreateRequest, create
from zpack_gui.dialogs.question_dialog import QuestionDialog
from zpack_gui.jobs.tracked_job import TrackedJob
from zpack_gui.models.order import Column


@pytest.fixture
def opened(user: User, photos: Path) -> User:
    """The archive of the photos."""
    target = photos.with_suffix(".tar.zst")
    create(CreateRequest(str(target), (str(photos),)), Control())
    user.open(target)
    return user


def enter(user: User, name: str) -> None:
    view, model = user.window.browser.view, user.window.browser.model
    view.setCurrentIndex(model.index(user.shown_names().index(name), 0))
    user.press("Return", view)


def test_backspace_goes_up_to_the_folder_left(opened: User) -> None:
    view = opened.window.browser.view
    enter(opened, "photos")
    enter(opened, "2026")
    opened.press("Backspace", view)
    assert opened.shown_names() == ["2026", "empty", "link", "notes.txt"]
    assert view.currentIndex().data() == "2026"
    opened.press("Alt+Up")
    assert opened.shown_names() == ["photos"]
    assert not opened.window.actions_.up.isEnabled()


def test_the_breadcrumb_leads_back(opened: User) -> None:
    for name in ("photos", "2026", "may"):
        enter(opened, name)
    crumbs = opened.window.browser.breadcrumb.crumbs()
    names = [crumb.accessibleName() for crumb in crumbs]
    assert names == ["photos.tar.zst", "photos", "2026", "may"]
    opened.click(crumbs[1])
    assert opened.shown_names()[0] == "2026"
    opened.click(opened.window.browser.breadcrumb.up_button)
    assert opened.shown_names() == ["photos"]


def test_an_empty_folder_says_so_and_lets_one_out(opened: User) -> None:
    enter(opened, "photos")
    enter(opened, "empty")
    assert not opened.window.browser.view.isVisible()
    opened.press("Alt+Up")
    assert opened.window.browser.view.isVisible()


def test_clicking_a_header_sorts(opened: User) -> None:
    enter(opened, "photos")
    enter(opened, "2026")
    enter(opened, "may")
    header = opened.window.browser.view.horizontalHeader()
    middle = QPoint(header.sectionViewportPosition(Column.NAME) + 40, header.height() // 2)
    opened.qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert opened.shown_names()[0] == "photo 11.jpg"


def test_a_link_shows_where_it_leads(opened: User) -> None:
    enter(opened, "photos")
    model = opened.window.browser.model
    row = opened.shown_names().index("link")
    assert model.index(row, Column.TYPE).data() == "Symbolic link"
    assert "notes.txt" in model.index(row, Column.NAME).data(Qt.ItemDataRole.ToolTipRole)


def test_a_narrow_window_keeps_the_names(opened: User) -> None:
    view = opened.window.browser.view
    opened.window.resize(opened.window.minimumSize())
    opened.wait(lambda: view.isColumnHidden(Column.TYPE))
    assert view.columnWidth(Column.NAME) > 200
    opened.window.resize(1100, 720)
    opened.wait(lambda: not view.isColumnHidden(Column.TYPE))
    assert view.isColumnHidden(Column.STATE)


def test_the_status_bar_counts_what_is_selected(opened: User) -> None:
    enter(opened, "photos")
    totals = opened.window.archive_status.totals
    before = totals.text()
    opened.window.browser.view.selectAll()
    assert totals.text() == "4 items selected · 82 kB"
    opened.window.browser.view.clearSelection()
    assert totals.text() == before


def test_reading_again_stays_in_the_folder(opened: User) -> None:
    enter(opened, "photos")
    opened.press("F5")
    opened.wait(lambda: opened.window.session.archive is not None)
    assert "notes.txt" in opened.shown_names()


def test_an_empty_archive_says_so(user: User, tmp_path: Path) -> None:
    empty = tmp_path / "nothing"
    empty.mkdir()
    target = user.create(empty)
    user.open(target)
    assert user.shown_names() == ["nothing"]
    enter(user, "nothing")
    assert user.shown_names() == []
    assert user.window.archive_status.totals.text().startswith("0 files · 1 folder")


def test_names_that_would_deceive_are_shown_plain(user: User, tmp_path: Path) -> None:
    root = tmp_path / "odd"
    root.mkdir()
    for name in ("<img src=x>.txt", "a\nb", "c\x1b[1m", "\u202egnp.exe", "100%1%n.txt", "a&b"):
        (root / name).write_text("x")
    target = user.create(root)
    user.open(target)
    enter(user, "odd")
    assert set(user.shown_names()) == {
        "<img src=x>.txt",
        r"a\x0ab",
        r"c\x1b[1m",
        r"\u202egnp.exe",
        "100%1%n.txt",
        "a&b",
    }


def test_an_archive_with_an_odd_name_of_its_own(user: User, photos: Path) -> None:
    target = user.create(photos, "100%1 <b>&[*] x")
    user.open(target)
    assert user.window.browser.breadcrumb.crumbs()[0].text() == "100%1 <b>&&[*] x.tar.zst"
    assert user.latest().title.text() == "100%1 <b>&[*] x.tar.zst created"
    user.press("Ctrl+W")
    rows = user.window.start_page.recent_list.rows()
    assert rows[0].accessibleName().startswith("100%1 <b>&[*] x.tar.zst")


def test_an_archive_by_others_is_read_once_and_shown(user: User, photos: Path) -> None:
    target = photos.parent / "theirs.tar.zst"
    command = ["tar", "--zstd", "-cf", target, "-C", photos.parent, "photos"]
    subprocess.run(command, check=True)
    user.open(target)
    assert user.shown_names() == ["photos"]
    user.verify()
    proof = user.window.archive_status.proof
    assert proof.text().startswith(("Checked", "Readable"))
    assert proof.property("role") == "muted"  # only proven is green


@pytest.fixture
def scan(user: User, photos: Path, tmp_path: Path) -> TrackedJob:
    """Of an archive without an index, held in the middle."""
    target = tmp_path / "theirs.tar.zst"
    command = ["tar", "--zstd", "-cf", target, "-C", photos.parent, "photos"]
    subprocess.run(command, check=True)
    scans: list[TrackedJob] = []
    user.window.session.scanning.connect(scans.append)
    user.window.session.scanning.connect(TrackedJob.toggle_pause)
    user.drop(target)
    user.wait(lambda: scans)
    return scans[0]


def test_a_scan_given_up_says_nothing_on_the_next_page(
    user: User, scan: TrackedJob, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.tar.zst"
    broken.write_text("<html>")
    user.drop(broken)
    state = user.window.browser.state
    user.wait(lambda: state.title.text() == "This file is not an archive")
    user.wait(user.window.bridge.is_idle)
    assert state.bar.isHidden()
    assert state.title.text() == "This file is not an archive"


def test_closing_does_not_ask_while_an_archive_is_read(user: User, scan: TrackedJob) -> None:
    worker = scan.worker
    user.window.close()
    user.wait(lambda: not user.window.isVisible())
    assert not user.has_dialog(QuestionDialog)
    assert worker.join(0)
