"""Joins dialogs and lists beside the four rooms to the studio."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from foleydesk.export.request import Delivery
from foleydesk.settings import LastDelivery
from foleydesk.views.delivery_dialog import DeliveryDialog

if TYPE_CHECKING:
    from foleydesk.views.main_window import MainWindow


class ListWiring(QObject):
    """Dialogs are made when they are first wanted."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self.studio = window.studio
        self._delivery: DeliveryDialog | None = None

    def open_delivery(self) -> None:
        """What is to be delivered of the open project."""
        project, folder = self.studio.project, self.studio.folder
        if project is None or folder is None:
            return
        if self._delivery is None:
            self._delivery = DeliveryDialog(self.window)
            self._delivery.wanted.connect(self._deliver)
            self._delivery.kept.connect(self._keep)
        self._delivery.show_project(project, folder.path.parent, self.window.kept.delivery)
        _to_front(self._delivery)

    def _deliver(self, delivery: Delivery) -> None:
        project, folder = self.studio.project, self.studio.folder
        if project is not None and folder is not None:
            self.studio.delivering.deliver(project, folder.path, delivery)

    def _keep(self, last: LastDelivery) -> None:
        self.window.settling.change(delivery=last)


def _to_front(dialog: DeliveryDialog) -> None:
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
