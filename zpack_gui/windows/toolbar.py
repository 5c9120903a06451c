"""The few controls in sight; the rest is behind one menu."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from zpack_gui.widgets.basics import action_button, icon_button
from zpack_gui.windows.actions import Actions


class Toolbar(QToolBar):
    """New, Open, Extract, Verify, and the menu."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Toolbar"))
        self.setObjectName("toolbar")
        self.setMovable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setIconSize(QSize(18, 18))
        self.new_button = action_button(actions.new)
        self.open_button = action_button(actions.open)
        self.extract_button = self._with_more(actions.extract, actions.extract_all)
        self.verify_button = self._with_more(actions.verify, actions.verify_quickly)
        self.menu_button = self._menu_button(actions)
        self._fill()

    def _fill(self) -> None:
        self.addWidget(self.new_button)
        self.addWidget(self.open_button)
        self.addSeparator()
        self.addWidget(self.extract_button)
        self.addWidget(self.verify_button)
        room = QWidget()
        room.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(room)
        self.addWidget(self.menu_button)

    def _with_more(self, action: QAction, other: QAction) -> QToolButton:
        made = action_button(action)
        menu = QMenu(made)
        menu.addAction(other)
        made.setMenu(menu)
        made.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        return made

    def _menu_button(self, actions: Actions) -> QToolButton:
        made = icon_button("menu", self.tr("Menu"))
        made.setIconSize(QSize(20, 20))
        menu = QMenu(made)
        menu.addActions([actions.new, actions.open])
        menu.addSeparator()
        menu.addActions([actions.extract, actions.extract_all])
        menu.addActions([actions.verify, actions.verify_quickly, actions.check_opened])
        menu.addActions([actions.repair, actions.add_recovery])
        menu.addSeparator()
        menu.addActions([actions.up, actions.reload, actions.close_archive])
        menu.addSeparator()
        menu.addActions([actions.about, actions.quit])
        made.setMenu(menu)
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return made
