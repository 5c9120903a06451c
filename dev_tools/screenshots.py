"""Takes the pictures that the docs show: the real window, a real folder, real jobs.

Run by `python3 dev.py screenshots`; writes docs/images. Further arguments choose pictures by name.
Where the system lets us, the sample files are in /home/anna, which only this process sees;
elsewhere they are in a temporary folder, whose name the pictures then show.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before Qt is imported: no display is needed

from PySide6.QtCore import (
    QElapsedTimer,
    QMimeData,
    QPoint,
    QRectF,
    Qt,
    QUrl,
    qInstallMessageHandler,
)
from PySide6.QtGui import QColor, QCursor, QDragEnterEvent, QFont, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from zpack.operations import CreateRequest
from zpack_gui.app import prepare
from zpack_gui.dialogs.conflict_dialog import ConflictDialog
from zpack_gui.dialogs.create_dialog import CreateDialog
from zpack_gui.dialogs.extract_dialog import ExtractDialog
from zpack_gui.dialogs.repair_dialog import RepairDialog
from zpack_gui.dialogs.repair_report_dialog import RepairReportDialog
from zpack_gui.dialogs.verify_dialog import VerifyDialog
from zpack_gui.look.theme import colour
from zpack_gui.models.order import Column
from zpack_gui.widgets.job_card import JobCard
from zpack_gui.windows.main_window import MainWindow

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
FONTS = ("Inter", "Noto Sans", "Cantarell", "DejaVu Sans")
IN_DARK_TOO = ("start", "create", "running", "browser", "map", "repair")
PATIENCE_MS = 120_000
HOME_MARK = "ZPACK_PICTURES_HOME"
NAMESPACE = ("unshare", "--user", "--map-root-user", "--mount")
OWN_HOME = """
set -e
mkdir FOLDER/home
mount -t tmpfs none FOLDER/home
for each in /home/*; do
    if [ -d "$each" ]; then
        mkdir "FOLDER$each"
        mount --rbind "$each" "FOLDER$each"
    fi
done
mkdir -p FOLDER/home/anna
mount --rbind FOLDER/home /home
exec "$@"
"""
Dialog = TypeVar("Dialog", bound=QDialog)


class Photographer:
    """Drives one window in one colour scheme. Names of pictures get ``suffix``."""

    def __init__(self, home: Path, suffix: str, wanted: list[str]) -> None:
        self.home = home
        self.suffix = suffix
        self.wanted = wanted
        self.project = home / "Projects" / "library"
        self.archive = home / "Projects" / "library.tar.zst"
        self.window = MainWindow()
        self.window.resize(1100, 720)
        self.window.show()
        self.window.activateWindow()

    def take_all(self) -> None:
        """One after the other, as somebody would who uses the program for the first time."""
        self.create()
        self.browse()
        self.extract()
        self.damage()
        self.repair()
        self.start()
        self.window.close()

    # Scenes

    def create(self) -> None:
        self.window.starter.ask_to_create((str(self.project), str(self.home / "Projects/todo.md")))
        dialog = self.dialog(CreateDialog)
        self.wait(lambda: dialog.sources.total().finished)
        self.shoot("create", dialog)
        dialog.sources.model.remove([1])
        dialog.name.setText("library")
        dialog.presets.choose("balanced")
        dialog.create_button.click()
        card = self.card()
        self.wait(lambda: halfway(card) or not card.job.running)
        self.shoot("running", settle=False)
        self.wait_for(card)

    def browse(self) -> None:
        self.open(self.archive)
        self.dismiss_all()
        self.window.browser.show_folder(1)
        self.window.toolbar.verify_button.click()
        self.wait_for(self.card())
        self.dismiss_all()
        model, view = self.window.browser.model, self.window.browser.view
        view.selectRow(min(5, model.rowCount() - 1))
        self.shoot("browser")
        self.window.archive_status.proof.click()
        self.shoot("verified", self.dialog(VerifyDialog))
        self.dialog(VerifyDialog).close()

    def extract(self) -> None:
        target = self.home / "Desktop"
        for again in (False, True):
            self.window.actions_.extract.trigger()
            dialog = self.dialog(ExtractDialog)
            dialog.place.set_place(str(target))
            if not again:
                self.shoot("extract", dialog)
            dialog.extract_button.click()
            if not again:
                self.wait_for(self.card())
                age(target)
        conflict = self.dialog(ConflictDialog)
        self.shoot("conflict", conflict)
        self.card().cancel_button.click()
        self.wait_for(self.card())
        self.dismiss_all()

    def damage(self) -> None:
        damaged = self.archive.with_name("holiday.tar.zst")
        data = bytearray(self.archive.read_bytes())
        data[len(data) // 3] ^= 4
        damaged.write_bytes(data)
        self.open(damaged)
        self.window.toolbar.verify_button.click()
        self.wait_for(self.card())
        self.window.browser.show_folder(1)
        header = self.window.browser.view.horizontalHeader()
        header.setSortIndicator(Column.STATE, Qt.SortOrder.AscendingOrder)
        self.shoot("damaged")
        self.window.archive_status.proof.click()
        report = self.dialog(VerifyDialog)
        report.view.selectRow(0)
        self.shoot("map", report)
        report.close()
        self.dismiss_all()
        broken = self.home / "download.tar.zst"
        broken.write_text("<html>404 Not Found</html>")
        self.window.session.open(str(broken))
        self.wait(lambda: "not an archive" in self.window.browser.state.title.text())
        self.shoot("error")
        self.window.session.close()

    def repair(self) -> None:
        self.repair_beyond()
        safe = self.archive.with_name("safe.tar.zst")
        wishes = CreateRequest(str(safe), (str(self.project),), recovery=5)
        self.wait_for(self.window.jobs_panel.add(self.window.bridge.start(wishes)))
        self.dismiss_all()
        self.harm(safe, 90_000)
        self.open(safe)
        self.window.actions_.repair.trigger()
        dialog = self.looked_at()
        self.shoot("repair", dialog)
        dialog.repair_button.click()
        self.wait_for(self.card())
        self.window.repairs.show_report(self.card().job)
        self.shoot("repaired", self.dialog(RepairReportDialog))
        self.dialog(RepairReportDialog).close()
        self.dismiss_all()
        self.window.session.close()

    def repair_beyond(self) -> None:
        album = self.archive.with_name("album.tar.zst")
        album.write_bytes(self.archive.read_bytes())
        self.harm(album, 700_000)
        self.window.repairs.ask(str(album))
        dialog = self.looked_at()
        self.shoot("repair-lost", dialog)
        dialog.close()

    def harm(self, archive: Path, length: int) -> None:
        """As a bad spot of a disk does."""
        with open(archive, "r+b") as file:
            file.seek(archive.stat().st_size // 3)
            file.write(bytes(length))

    def looked_at(self) -> RepairDialog:
        dialog = self.dialog(RepairDialog)
        self.wait(dialog.summary.bar.isHidden)
        return dialog

    def start(self) -> None:
        self.window.session.close()
        self.shoot("start")
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(self.project)), QUrl.fromLocalFile(str(self.home))])
        event = QDragEnterEvent(
            QPoint(500, 300),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(self.window, event)
        self.shoot("drop")

    # Steps

    def open(self, archive: Path) -> None:
        self.window.session.open(str(archive))
        self.wait(lambda: self.window.session.archive is not None)

    def card(self) -> JobCard:
        return self.window.jobs_panel.cards()[0]

    def wait_for(self, card: JobCard) -> None:
        self.wait(card.dismiss_button.isVisible)

    def dismiss_all(self) -> None:
        for card in self.window.jobs_panel.cards():
            self.window.jobs_panel.dismiss(card)

    def dialog(self, kind: type[Dialog]) -> Dialog:
        found: list[Dialog] = []

        def shown() -> bool:
            found[:] = [each for each in self.window.findChildren(kind) if each.isVisible()]
            return bool(found)

        self.wait(shown)
        return found[0]

    def wait(self, condition: Callable[[], object]) -> None:
        clock = QElapsedTimer()
        clock.start()
        while not condition():
            if clock.elapsed() > PATIENCE_MS:
                raise TimeoutError("the window did not get where the picture is")
            QTest.qWait(5)

    def shoot(self, name: str, dialog: QDialog | None = None, *, settle: bool = True) -> None:
        if (self.wanted and name not in self.wanted) or (self.suffix and name not in IN_DARK_TOO):
            return
        if settle:
            QTest.qWait(150)  # layouts, and a last sample
        picture = self.window.grab()
        if dialog is not None:
            lay_over(picture, dialog.grab())
        target = IMAGES / f"{name}{self.suffix}.png"
        picture.save(str(target))
        print(target.relative_to(IMAGES.parent.parent))


def halfway(card: JobCard) -> bool:
    """A file is in work, and far enough to show it."""
    sample = card.job.sample
    if sample is None or card.job.worker.items is None or not card.job.rate.speed:
        return False
    sizes = card.job.worker.items.size
    return any(2 < 10 * done / max(1, sizes[item]) < 8 for item, done in sample.active)


def lay_over(picture: QPixmap, dialog: QPixmap) -> None:
    """A dialog in the middle of the dimmed window, as a window manager would show it."""
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(picture.rect(), QColor(0, 0, 0, 90))
    left = (picture.width() - dialog.width()) // 2
    top = (picture.height() - dialog.height()) // 2
    frame = QRectF(left - 1, top - 1, dialog.width() + 2, dialog.height() + 2)
    painter.setPen(Qt.PenStyle.NoPen)
    for spread in range(12, 0, -2):
        painter.setBrush(QColor(0, 0, 0, 10))
        grown = frame.adjusted(-spread, -spread + 4, spread, spread + 4)
        painter.drawRoundedRect(grown, 8, 8)
    painter.drawPixmap(left, top, dialog)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(colour("control_line"))
    painter.drawRect(frame)
    painter.end()


def age(folder: Path) -> None:
    """So that one side of a conflict is newer."""
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def run_with_own_home(wanted: list[str]) -> int | None:
    """Run again where /home is ours, with all that is there still in its place; None if the system
    has no such thing or does not let us."""
    try:
        mount = ("mount", "-t", "tmpfs", "none", "/home")
        probe = subprocess.run([*NAMESPACE, *mount], capture_output=True, check=False)
    except OSError:
        return None
    if probe.returncode:
        return None
    with tempfile.TemporaryDirectory(prefix="zpack") as folder:
        script = OWN_HOME.replace("FOLDER", folder)
        command = [*NAMESPACE, "sh", "-c", script, "sh", sys.executable, __file__, *wanted]
        environment = {**os.environ, HOME_MARK: "/home/anna"}
        return subprocess.run(command, env=environment, check=False).returncode


@contextmanager
def sample_home() -> Iterator[Path]:
    """Empty, and gone afterwards with all that is in it."""
    with tempfile.TemporaryDirectory(prefix="zpack") as folder:
        home = Path(os.environ.get(HOME_MARK) or Path(folder) / "anna")
        home.mkdir(exist_ok=True)
        if any(home.iterdir()):
            raise SystemExit(f"{home} is somebody's: it is not empty")
        try:
            yield home
        finally:
            for path in home.iterdir():
                if path.is_dir():
                    shutil.rmtree(path)
                else:
                    path.unlink()


def make_home(home: Path) -> None:
    """A folder to archive: the interpreter's own library, and one big file."""
    project = home / "Projects" / "library"
    library = Path(sysconfig.get_path("stdlib"))
    skipped = shutil.ignore_patterns("site-packages", "dist-packages", "__pycache__", "test")
    shutil.copytree(library, project, symlinks=True, ignore=skipped)
    text = b"".join(path.read_bytes() for path in sorted(project.rglob("*.py")))
    (project / "recordings").mkdir()
    with open(project / "recordings" / "interview.wav", "wb") as recording:
        for number in range(40):
            shifted = bytes((byte + 37 * number) % 256 for byte in range(256))
            recording.write(text.translate(shifted))
    (home / "Projects" / "todo.md").write_text("# To do\n\nKeep it.\n")


def offscreen_says(text: str) -> None:
    """All but what it says of every dialog."""
    if "propagateSizeHints" not in text:
        print(text, file=sys.stderr)


def main(wanted: list[str]) -> int:
    if HOME_MARK not in os.environ and (code := run_with_own_home(wanted)) is not None:
        return code
    qInstallMessageHandler(lambda _kind, _context, text: offscreen_says(text))
    IMAGES.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    QCursor.setPos(4000, 4000)  # or the toolbar would look pointed at
    for scheme, suffix in ((Qt.ColorScheme.Light, ""), (Qt.ColorScheme.Dark, "-dark")):
        with sample_home() as home:
            os.environ["HOME"] = str(home)
            os.environ["XDG_CONFIG_HOME"] = str(home / ".config")
            make_home(home)
            prepare(app, scheme)
            app.setFont(QFont(list(FONTS), 10))
            Photographer(home, suffix, wanted).take_all()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
