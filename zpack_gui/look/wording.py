"""Sizes, counts, times and durations as people say them, in the user's locale."""

import html
import traceback
from datetime import UTC, datetime

from PySide6.QtCore import QDate, QDateTime, QLocale, QObject

from zpack.errors import Explanation, shown


class Wording(QObject):
    """Stateless; an object only because translations belong to a class."""

    def size(self, count: int) -> str:
        """``4.1 MB``, ``52 kB``: two or three digits that matter, in decimal units, as disks are
        sold and other file managers show."""
        unit = 1
        while count >= 999.5 * unit and count >= 1000:
            unit *= 1000
        digits = 1 if 1000 <= count < 9.95 * unit else 0
        rounded = count if count < 1000 else round(count / unit, digits) * unit
        return QLocale().formattedDataSize(
            int(rounded), digits, QLocale.DataSizeFormat.DataSizeSIFormat
        )

    def exact_size(self, count: int) -> str:
        """``4,128,771 bytes``."""
        return self.tr("%1 bytes").replace("%1", self.number(count))

    def number(self, count: int) -> str:
        """With the locale's separators."""
        return QLocale().toString(count)

    def files(self, count: int) -> str:
        """``12,345 files``."""
        return self.counted(self.tr("%n file(s)", "", count), count)

    def folders(self, count: int) -> str:
        """``3 folders``."""
        return self.counted(self.tr("%n folder(s)", "", count), count)

    def items(self, count: int) -> str:
        """``3 items``: files and folders alike."""
        return self.counted(self.tr("%n item(s)", "", count), count)

    def counted(self, text: str, count: int) -> str:
        """A plural text with its number written the locale's way."""
        return text.replace(str(count), self.number(count), 1) if count > 999 else text

    def speed(self, per_second: float) -> str:
        """``310 MB/s``."""
        return self.tr("%1/s").replace("%1", self.size(int(per_second)))

    def ratio(self, part: int, whole: int) -> str:
        """``31 %``; of nothing, nothing."""
        return f"{self.number(round(100 * part / whole))} %" if whole else ""

    def packed(self, content: int, archive: int) -> str:
        """``4.2 GB → 1.3 GB (31 %)``; a ratio of next to nothing would tell nothing."""
        sizes = f"{self.size(content)} → {self.size(archive)}"
        return f"{sizes} ({self.ratio(archive, content)})" if archive <= 2 * content else sizes

    def left(self, seconds: float) -> str:
        """``2 min left``: no more exact than it can be known."""
        if seconds < 5:
            return self.tr("a few seconds left")
        if seconds < 55:
            return self.tr("%1 s left").replace("%1", self.number(5 * round(seconds / 5)))
        if seconds < 3570:
            return self.tr("%1 min left").replace("%1", self.number(max(1, round(seconds / 60))))
        hours, minutes = divmod(round(seconds / 60), 60)
        text = self.tr("%1 h %2 min left")
        return text.replace("%1", self.number(hours)).replace("%2", self.number(minutes))

    def duration(self, seconds: float) -> str:
        """``14 s``, ``0.3 s``, ``2 min 5 s``."""
        if seconds < 10:
            return self.tr("%1 s").replace("%1", QLocale().toString(max(0.1, seconds), "f", 1))
        if seconds < 60:
            return self.tr("%1 s").replace("%1", self.number(round(seconds)))
        minutes, rest = divmod(round(seconds), 60)
        text = self.tr("%1 min %2 s")
        return text.replace("%1", self.number(minutes)).replace("%2", self.number(rest))

    def moment(self, seconds: int) -> str:
        """A file's time, seconds since 1970. Times no calendar has are shown as nothing."""
        if not -62_135_596_800 <= seconds <= 253_402_300_799:
            return ""
        when = QDateTime.fromSecsSinceEpoch(seconds)
        return QLocale().toString(when, QLocale.FormatType.ShortFormat)

    def day(self, seconds: int) -> str:
        """``today``, ``yesterday``, ``12 May 2026``."""
        date = QDateTime.fromSecsSinceEpoch(seconds).date()
        days = date.daysTo(QDate.currentDate())
        if days == 0:
            return self.tr("today")
        if days == 1:
            return self.tr("yesterday")
        return QLocale().toString(date, "d MMM yyyy")

    def mistake(self, error: BaseException) -> Explanation:
        """What is said of an exception that nobody has foreseen."""
        return Explanation(
            code="unexpected",
            exit_code=1,
            title=self.tr("Something went wrong in zpack itself"),
            details="".join(traceback.format_exception_only(error)).strip().splitlines()[-1],
            hint=self.tr("Your files are as they were. Please report it with these details."),
        )

    def fill(self, text: str, *parts: str) -> str:
        """``%1``, ``%2``, ... replaced at once, so that no part can smuggle in another."""
        result, rest = "", text
        while (at := rest.find("%")) >= 0:
            digit = rest[at + 1 : at + 2]
            known = digit.isascii() and digit.isdigit() and 1 <= int(digit) <= len(parts)
            result += rest[:at] + (parts[int(digit) - 1] if known else "%")
            rest = rest[at + (2 if known else 1) :]
        return result + rest


def now() -> int:
    """Seconds since 1970."""
    return int(datetime.now(UTC).timestamp())


def plain_tooltip(text: str) -> str:
    """Tool tips take what looks like HTML for HTML: this stays plain."""
    return f"<p style='white-space:pre-wrap'>{html.escape(shown_lines(text))}</p>"


def shown_lines(text: str) -> str:
    """Safe to show, but with its own line breaks (an error's details)."""
    return "\n".join(shown(line) for line in text.split("\n"))


def action_text(text: str) -> str:
    """For buttons, menus and tabs, where ``&`` marks a key."""
    return text.replace("&", "&&")


def title_text(text: str) -> str:
    """For window titles, where ``[*]`` is a placeholder."""
    return text.replace("[*]", "[*][*]")


words = Wording()
