"""The top row: menus, the project, its rate, and which model and adapter come next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QMenuBar, QSizePolicy, QToolButton, QWidget

from foleydesk.views.short import ShortLabel


class Header(QWidget):
    """Menus come from the actions; the rest is said by the project."""

    model_chosen = Signal(str, str)
    """Model, and adapter or nothing."""
    missing_chosen = Signal(str)
    """A published model that is not on this machine."""
    models_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        brand = QLabel("Foleydesk")
        brand.setObjectName("brand")
        self.menus = QMenuBar()
        self.menus.setNativeMenuBar(False)
        self.menus.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        self.project = ShortLabel("")
        self.project.setObjectName("dim")
        self.project.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.format = QLabel()
        self.format.setObjectName("figures")
        self.model = QToolButton()
        self.model.setObjectName("quiet")
        self.model.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.model.setAccessibleName(self.tr("Model and adapter"))
        self.model.setToolTip(self.tr("Model and adapter of the next candidates"))
        self.model_menu = QMenu(self)
        self.model.setMenu(self.model_menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 1, 8, 1)
        row.setSpacing(12)
        row.addWidget(brand)
        row.addWidget(self.menus)
        row.addStretch(1)
        row.addWidget(self.project)
        row.addWidget(self.format)
        row.addWidget(self.model)
        self.setMinimumHeight(34)

    def show_project(self, name: str, dirty: bool, form: str) -> None:
        self.project.setText(self.tr("{name} · not saved").format(name=name) if dirty else name)
        self.format.setText(form)

    def show_models(
        self,
        models: tuple[tuple[str, str], ...],
        adapters: tuple[tuple[str, str, str], ...],
        now: tuple[str, str],
        missing: tuple[tuple[str, str], ...] = (),
    ) -> None:
        """`models`: (name, title); `adapters`: (model, adapter, title); `now`: the model and adapter chosen.

        `missing`: (name, title) of what could be fetched.
        """
        titles = dict(models)
        adapter = next((title for model, name, title in adapters if (model, name) == now), now[1])
        words = titles.get(now[0], now[0]) or self.tr("no model")
        chosen = f"{words} + {adapter}" if adapter else words
        self.model.setText(self.tr("Model {name}").format(name=chosen) + " ▾")
        self.model_menu.clear()
        group = QActionGroup(self.model_menu)
        for name, title in models:
            self._choice(group, title, (name, ""), now)
            for model, key, label in adapters:
                if model == name:
                    self._choice(group, f"{title} + {label}", (name, key), now)
        if not models:
            self.model_menu.addAction(self.tr("No model is installed")).setEnabled(False)
        self.model_menu.addSeparator()
        for name, title in missing:
            action = self.model_menu.addAction(self.tr("{title}  ·  not installed …").format(title=title))
            action.triggered.connect(lambda _=False, name=name: self.missing_chosen.emit(name))
        self.model_menu.addSeparator()
        self.model_menu.addAction(self.tr("Models …")).triggered.connect(lambda: self.models_wanted.emit())

    def _choice(self, group: QActionGroup, words: str, which: tuple[str, str], now: tuple[str, str]) -> None:
        action = QAction(words, group, checkable=True)
        action.setChecked(which == now)
        action.triggered.connect(lambda: self.model_chosen.emit(*which))
        self.model_menu.addAction(action)
