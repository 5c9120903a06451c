"""What palette and Fusion cannot say: corners, paddings, hairlines. Roles are set as properties."""

from string import Template

from zpack_gui.look.colours import Colours
from zpack_gui.look.resources import resource

_SHEET = Template("""
QToolTip { background: $raised; color: $text; border: 1px solid $control_line; padding: 4px 6px; }

QToolBar { background: $window; border: none; border-bottom: 1px solid $line; padding: 6px 8px;
  spacing: 2px; }
QToolBar::separator { width: 1px; background: $line; margin: 6px 6px; }
QToolButton { border: 1px solid transparent; border-radius: 6px; padding: 5px 9px; color: $text; }
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked, QToolButton:open { background: $pressed; }
QToolButton:focus { border-color: $accent; }
QToolButton:disabled { color: $control_line; }
QToolButton::menu-indicator { image: none; width: 0; }
QToolButton[popupMode="1"] { padding-right: 20px; }
QToolButton::menu-button { border: none; width: 18px; border-radius: 6px; }
QToolButton::menu-button:hover { background: $pressed; }
QToolButton[compact="true"] { padding: 4px; }
QToolButton[crumb="true"] { padding: 3px 7px; }

QPushButton { background: $raised; color: $text; border: 1px solid $control_line;
  border-radius: 6px; padding: 5px 14px; min-height: 18px; outline: 0; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $pressed; }
QPushButton:focus { border-color: $accent; }
QPushButton:disabled { color: $control_line; background: $window; border-color: $line; }
QPushButton:default, QPushButton[main="true"] { background: $accent; color: $accent_text;
  border-color: $accent; }
QPushButton:default:hover, QPushButton[main="true"]:hover { background: $accent_hover;
  border-color: $accent_hover; }
QPushButton:default:focus, QPushButton[main="true"]:focus { border: 2px solid $text;
  padding: 4px 13px; }
QPushButton:default:disabled { background: $line; color: $muted; border-color: $line; }
QPushButton[chip="true"] { border-radius: 12px; padding: 2px 12px; background: transparent;
  border-color: transparent; color: $muted; }
QPushButton[chip="true"]:hover { background: $hover; color: $text; }
QPushButton[chip="true"]:checked { background: $accent_soft; color: $text;
  border-color: $accent; }
QPushButton[chip="true"]:focus { border-color: $accent; }
QPushButton[chip="true"]:disabled { color: $control_line; }
QPushButton[card="preset"] { background: $surface; min-height: 60px; }
QPushButton[card="preset"]:hover { background: $hover; }
QPushButton[card="preset"]:focus { border-color: $accent; }
QPushButton[card="preset"]:checked { border: 2px solid $accent; background: $accent_soft; }
QPushButton[card="preset"]:checked:focus { border-color: $text; }
QPushButton[card="recent"] { background: transparent; border-color: transparent;
  min-height: 46px; padding: 0; }
QPushButton[card="recent"]:hover { background: $hover; }
QPushButton[card="recent"]:focus { border-color: $accent; }
QPushButton[small="true"] { padding: 2px 10px; }

QLineEdit, QComboBox, QSpinBox { background: $surface; border: 1px solid $control_line;
  border-radius: 6px; padding: 5px 8px; min-height: 18px; color: $text;
  selection-background-color: $accent; selection-color: $accent_text; }
QSpinBox QLineEdit { border: none; padding: 0 8px; min-height: 0; background: transparent; }
QSpinBox::up-button, QSpinBox::down-button { width: 0; border: none; }
QLineEdit:focus, QComboBox:focus, QSpinBox:focus { border-color: $accent; }
QLineEdit[faulty="true"] { border-color: $bad; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url($chevron); width: 16px; height: 16px; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $control_line;
  selection-background-color: $selection; selection-color: $text; padding: 4px; outline: 0; }

QTableView, QListView, QTreeView { background: $surface; border: none; outline: 0; color: $text;
  selection-background-color: $selection; selection-color: $text; gridline-color: transparent; }
QTableView[framed="true"], QListView[framed="true"] { border: 1px solid $line;
  border-radius: 6px; }
QTableView::item, QListView::item { border: none; padding: 0 6px; }
QTableView::item:hover, QListView::item:hover { background: $hover; }
QTableView::item:selected, QListView::item:selected { background: $selection; color: $text; }
QHeaderView { background: $surface; border: none; }
QHeaderView::section { background: $surface; color: $muted; border: none;
  border-bottom: 1px solid $line; padding: 5px 8px; font-weight: 500; }
QHeaderView::section:hover { color: $text; }
QHeaderView::up-arrow { image: url($sort_up); width: 14px; height: 14px; subcontrol-position:
  center right; subcontrol-origin: padding; right: 2px; }
QHeaderView::down-arrow { image: url($sort_down); width: 14px; height: 14px; subcontrol-position:
  center right; subcontrol-origin: padding; right: 2px; }
QTableCornerButton::section { background: $surface; border: none; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $control_line; border-radius: 4px; margin: 2px;
  min-height: 32px; min-width: 32px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
  background: transparent; border: none; width: 0; height: 0; }

QProgressBar { background: $line; border: none; border-radius: 3px; max-height: 6px;
  min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QProgressBar[state="good"]::chunk { background: $good; }
QProgressBar[state="attention"]::chunk { background: $attention; }
QProgressBar[state="bad"]::chunk { background: $bad; }
QProgressBar[state="held"]::chunk { background: $muted; }

QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }

QMenu { background: $raised; border: 1px solid $control_line; border-radius: 6px; padding: 4px; }
QMenu::item { padding: 6px 28px 6px 10px; border-radius: 4px; color: $text; }
QMenu::item:selected { background: $selection; }
QMenu::item:disabled { color: $control_line; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QMenu::icon { padding-left: 8px; }

QStatusBar { background: $window; border-top: 1px solid $line; }
QStatusBar::item { border: none; }
QSplitter::handle { background: $line; }
QSplitter::handle:vertical { height: 1px; }
QScrollArea { border: none; background: transparent; }
QCheckBox, QRadioButton { spacing: 8px; }
QCheckBox::indicator, QRadioButton::indicator { width: 14px; height: 14px;
  border: 1px solid $muted; background: $surface; }
QCheckBox::indicator { border-radius: 4px; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border-color: $accent; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $line; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url($check); }
QRadioButton::indicator:checked { border: 5px solid $accent; width: 6px; height: 6px; }

*[role="title"] { font-weight: 600; }
*[role="muted"] { color: $muted; }
*[role="good"] { color: $good; }
*[role="attention"] { color: $attention; }
*[role="bad"] { color: $bad; }
QFrame[role="bar"] { background: $window; border: none; border-bottom: 1px solid $line; }
QFrame[role="panel"] { background: $window; border: none; border-top: 1px solid $line; }
QFrame[role="card"] { background: $surface; border: 1px solid $line; border-radius: 6px; }
QLabel[role="empty"] { background: $surface; color: $muted; border: 1.5px dashed $control_line;
  border-radius: 6px; }
QFrame[tone="info"] { background: $accent_soft; border: none; border-bottom: 1px solid $line; }
QFrame[tone="good"] { background: $good_soft; border: none; border-bottom: 1px solid $line; }
QFrame[tone="attention"] { background: $attention_soft; border: none;
  border-bottom: 1px solid $line; }
QFrame[tone="bad"] { background: $bad_soft; border: none; border-bottom: 1px solid $line; }
QFrame[tone] QPushButton { background: transparent; }
QFrame[tone] QPushButton:hover { background: $surface; }
""")


def style_sheet(colours: Colours) -> str:
    """The whole sheet."""
    fields = {name: getattr(colours, name) for name in colours.__slots__}
    return _SHEET.substitute(
        fields,
        check=resource(f"styles/check-{_tone(colours.accent_text)}.svg").as_posix(),
        chevron=resource("styles/chevron-down.svg").as_posix(),
        sort_up=resource("styles/sort-up.svg").as_posix(),
        sort_down=resource("styles/sort-down.svg").as_posix(),
    )


def _tone(colour: str) -> str:
    """Whether a colour is light or dark."""
    return "light" if int(colour[1:3], 16) > 127 else "dark"
