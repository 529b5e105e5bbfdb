"""The drawer under the timeline: lists side by side, each there only while it is wanted."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QToolButton, QVBoxLayout, QWidget

from foleydesk.views.look import draw
from foleydesk.views.teaching import teach

HIGH_PX = 240


class DrawerPanel(QWidget):
    """A heading, what belongs beside it, and a way to close it; `body` holds the list."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.heading = QLabel()
        self.heading.setObjectName("heading")
        self.tools = QHBoxLayout()
        self.tools.setSpacing(8)
        self.close_button = QToolButton()
        self.close_button.setObjectName("quiet")
        draw(self.close_button, "close")
        self.close_button.clicked.connect(self.closed)
        top = QHBoxLayout()
        top.setContentsMargins(12, 4, 8, 4)
        top.setSpacing(12)
        top.addWidget(self.heading)
        top.addLayout(self.tools, 1)
        top.addWidget(self.close_button)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.body.addLayout(top)
        self.hide()

    def name(self, title: str, action_id: str) -> None:
        """What it is called, and the action that shows it and puts it away."""
        self.heading.setText(title)
        self.close_button.setAccessibleName(self.tr("Close: {name}").format(name=title))
        teach(self.close_button, action_id, self.tr("Close this list"))

    def begin(self) -> None:
        """The hand goes to it."""


class Drawer(QSplitter):
    """Hidden while nothing in it is wanted."""

    def __init__(self, panels: tuple[tuple[DrawerPanel, int], ...]) -> None:
        """Panels with their share of the width."""
        super().__init__(Qt.Orientation.Horizontal)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        for place, (panel, share) in enumerate(panels):
            self.addWidget(panel)
            self.setStretchFactor(place, share)
        self.hide()

    def turn(self, panel: DrawerPanel, on: bool) -> None:
        """Show a panel, or put it away."""
        panel.setVisible(on)
        self.setVisible(any(not self.widget(i).isHidden() for i in range(self.count())))
