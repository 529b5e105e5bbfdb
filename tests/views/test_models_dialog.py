"""Models in the window: chosen though missing, fetched, given up, imported, checked, removed, and the work goes on."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parents[1]))

from hub_shop import MODEL, OTHER, Shop, header_only, path_of  # noqa: E402

from engine.hub.catalogue import Catalogue  # noqa: E402
from engine.hub.layouts import LAYOUTS  # noqa: E402
from foleydesk.document.edits import ChooseModel  # noqa: E402
from foleydesk.studio.stocking import BUNDLED, ModelSight  # noqa: E402
from foleydesk.views.main_window import MainWindow  # noqa: E402
from foleydesk.views.models_dialog import ModelsDialog  # noqa: E402

SOON_MS = 20_000


@pytest.fixture
def dialog(stock: Catalogue, make_window: Callable[[], MainWindow], film: Path, qtbot: QtBot) -> ModelsDialog:
    window = make_window()
    assert window.open(film)
    window.handlers.do("models")
    with qtbot.waitExposed(window.fetching.dialog):
        pass
    return window.fetching.dialog


def window_of(dialog: ModelsDialog) -> MainWindow:
    window = dialog.parent()
    assert isinstance(window, MainWindow)
    return window


def get(dialog: ModelsDialog, name: str) -> None:
    """As a hand does it: press Get, read, accept."""
    row = dialog.rows[name]
    row.buttons["get"].click()
    if row.terms.isVisible():
        row.terms.yes.click()


def state(dialog: ModelsDialog, name: str) -> str:
    return dialog.rows[name].sight.state


def test_every_model_is_there_with_what_it_takes(dialog: ModelsDialog) -> None:
    assert len(dialog.rows) == 6 and state(dialog, "visiosonic-mini") == BUNDLED
    row = dialog.rows["mmaudio-large-44k-v2"]
    words = row.figures.text()
    assert "to fetch" in words and "of memory" in words and "CC-BY-NC 4.0" in words and row.about.text()
    assert row.buttons["get"].isVisible() and not row.buttons["remove"].isVisible()
    assert not dialog.rows["visiosonic-mini"].buttons["get"].isVisible() and not dialog.isModal()


def test_terms_are_read_in_their_place_and_nothing_comes_without_them(dialog: ModelsDialog, shop: Shop) -> None:
    row = dialog.rows[MODEL]
    row.buttons["get"].click()
    assert row.terms.isVisible() and "CC-BY-NC 4.0" in row.terms.words.text()
    row.terms.no.click()
    assert not row.terms.isVisible() and shop.asked == [] and state(dialog, MODEL) == "not installed"


def test_fetched_and_used(dialog: ModelsDialog, shop: Shop, qtbot: QtBot) -> None:
    shop.slow_s = 0.005
    window = window_of(dialog)
    get(dialog, MODEL)
    row = dialog.rows[MODEL]
    assert state(dialog, MODEL) == "downloading" and row.bar.isVisible()
    qtbot.waitUntil(lambda: "Getting" in row.words.text() and row.bar.value() > 0, timeout=SOON_MS)
    assert "Getting" in window.status.job.text() and window.prompt.buttons["generate"].isEnabled()
    qtbot.waitUntil(lambda: state(dialog, MODEL) == "installed", timeout=SOON_MS)
    assert not row.bar.isVisible() and "installed" in dialog.message.text
    window.message.action.click()
    assert window.studio.project is not None and window.studio.project.model == MODEL
    again = dialog.rows[MODEL]
    assert again.buttons["verify"].isVisible() and again.buttons["remove"].isVisible()


def test_given_up_and_gone_on_with(dialog: ModelsDialog, shop: Shop, stock: Catalogue, qtbot: QtBot) -> None:
    shop.slow_s = 0.03
    get(dialog, MODEL)
    row = dialog.rows[MODEL]
    qtbot.waitUntil(lambda: row.bar.value() > 0, timeout=SOON_MS)
    row.stop.click()
    qtbot.waitUntil(lambda: state(dialog, MODEL) == "partly here", timeout=SOON_MS)
    assert row.buttons["get"].isEnabled() and not window_of(dialog).studio.stocking.busy
    shop.slow_s = 0.0
    get(dialog, MODEL)
    qtbot.waitUntil(lambda: state(dialog, MODEL) == "installed", timeout=SOON_MS)
    first, then = shop.sent_from(path_of(stock, "mmaudio_small_16k"))
    assert first == 0 and then > 0


def test_two_are_fetched_one_after_the_other(dialog: ModelsDialog, shop: Shop, stock: Catalogue, qtbot: QtBot) -> None:
    get(dialog, MODEL)
    get(dialog, OTHER)
    qtbot.waitUntil(lambda: {state(dialog, MODEL), state(dialog, OTHER)} == {"installed"}, timeout=SOON_MS)
    assert shop.sent_from(path_of(stock, "synchformer")) == [0]


def test_what_goes_wrong_is_one_sentence_in_the_dialog(
    dialog: ModelsDialog, shop: Shop, stock: Catalogue, qtbot: QtBot
) -> None:
    shop.status[path_of(stock, "v1-16")] = 404
    get(dialog, MODEL)
    qtbot.waitUntil(lambda: "does not have it" in dialog.message.text, timeout=SOON_MS)
    assert "v1-16.pth" in dialog.message.text and "\n" not in dialog.message.text
    assert dialog.rows[MODEL].buttons["get"].isEnabled()


def test_a_damaged_file_is_found_and_fetched_again(dialog: ModelsDialog, home: Path, qtbot: QtBot) -> None:
    get(dialog, MODEL)
    qtbot.waitUntil(lambda: state(dialog, MODEL) == "installed", timeout=SOON_MS)
    path = home / "models" / "parts" / "v1-16.pth"
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    row = dialog.rows[MODEL]
    row.buttons["verify"].click()
    qtbot.waitUntil(lambda: state(dialog, MODEL) == "damaged", timeout=SOON_MS)
    assert "v1-16.pth" in dialog.message.text and "v1-16.pth" in row.trouble.text()
    assert row.buttons["get"].text() == "Get again"
    row.buttons["get"].click()
    qtbot.waitUntil(lambda: state(dialog, MODEL) == "installed", timeout=SOON_MS)
    row.buttons["verify"].click()
    qtbot.waitUntil(lambda: "Every byte" in dialog.message.text, timeout=SOON_MS)


def test_removed_after_a_question_and_the_project_goes_on(dialog: ModelsDialog, qtbot: QtBot) -> None:
    window = window_of(dialog)
    get(dialog, MODEL)
    qtbot.waitUntil(lambda: state(dialog, MODEL) == "installed", timeout=SOON_MS)
    window.studio.do(ChooseModel(MODEL))
    row = dialog.rows[MODEL]
    row.buttons["remove"].click()
    row.removal.no.click()
    assert state(dialog, MODEL) == "installed"
    row.buttons["remove"].click()
    row.removal.yes.click()
    qtbot.waitUntil(lambda: state(dialog, MODEL) == "not installed", timeout=SOON_MS)
    assert "are free again" in dialog.message.text
    assert window.studio.project is not None and window.studio.project.model == "visiosonic-mini"


def test_a_missing_model_in_the_menu_is_offered_and_the_work_goes_on(
    stock: Catalogue, make_window: Callable[[], MainWindow], film: Path, qtbot: QtBot
) -> None:
    window = make_window()
    assert window.open(film)
    entries = {action.text(): action for action in window.header.model_menu.actions()}
    missing = [words for words in entries if "not installed" in words]
    assert len(missing) == 5 and "Models …" in entries
    next(entries[words] for words in missing if "small 16" in words).trigger()
    assert "MMAudio small 16 kHz is not on this machine" in window.message.text
    assert "VisioSonic mini" in window.message.text
    assert window.studio.project is not None and window.studio.project.model == "visiosonic-mini"
    window.message.action.click()
    dialog = window.fetching.dialog
    assert dialog.isVisible() and dialog.rows[MODEL].terms.isVisible()
    dialog.rows[MODEL].terms.yes.click()
    qtbot.waitUntil(lambda: state(dialog, MODEL) == "installed", timeout=SOON_MS)
    assert any(action.text() == "MMAudio small 16 kHz" for action in window.header.model_menu.actions())


def test_a_project_whose_model_is_not_here_opens_with_the_bundled_one(
    stock: Catalogue, make_window: Callable[[], MainWindow], film: Path
) -> None:
    window = make_window()
    assert window.open(film)
    window.studio.do(ChooseModel(MODEL))
    assert window.studio.save() and window.studio.folder is not None
    project = window.studio.folder.path
    window.studio.close()
    assert window.open(project)
    assert window.studio.project is not None and window.studio.project.model == "visiosonic-mini"
    assert "MMAudio small 16 kHz" in window.message.text and window.message.action.isVisible()


def test_an_import_tells_what_it_took_and_what_is_missing(dialog: ModelsDialog, tmp_path: Path, qtbot: QtBot) -> None:
    header_only(tmp_path / "vae.safetensors", LAYOUTS["v1-16"])
    window_of(dialog).fetching.import_folder(tmp_path)
    assert dialog.bar.isVisible() and not dialog.import_button.isEnabled()
    qtbot.waitUntil(lambda: "16 kHz autoencoder" in dialog.message.text, timeout=60_000)
    assert dialog.import_button.isEnabled() and not dialog.bar.isVisible()
    window_of(dialog).fetching.import_folder(tmp_path / "nowhere")
    qtbot.waitUntil(lambda: "no folder" in dialog.message.text, timeout=SOON_MS)


def test_long_words_do_not_widen_the_dialog(dialog: ModelsDialog, qtbot: QtBot) -> None:
    title, licence = "A model of one's own with a very long title " * 4, "a licence with many words " * 8
    memory = "about 3 GB of memory"
    sight = ModelSight("long", title, "About it. " * 60, "your own", "1 GB", memory, licence, "Trouble. " * 30)
    sight = replace(sight, can_get=True, can_verify=True, can_remove=True)
    stocking = window_of(dialog).studio.stocking
    before = dialog.size()
    dialog.show_models((replace(sight, name="other"), sight, *stocking.sights()), stocking.busy)

    def whole() -> bool:
        """Layouts settle in their own time: when a scroll bar comes, the words are laid out anew."""
        rows, room = dialog.rows.values(), dialog.scroll.viewport().width()
        tall = all(row.about.height() >= row.about.heightForWidth(row.about.width()) - 1 for row in rows)
        return tall and all(row.width() <= room for row in rows)

    qtbot.waitUntil(whole, timeout=SOON_MS)
    assert dialog.width() == before.width() and {"long", "other"} <= set(dialog.rows)


def test_the_window_closes_while_something_is_fetched(dialog: ModelsDialog, shop: Shop, qtbot: QtBot) -> None:
    shop.slow_s = 0.03
    get(dialog, MODEL)
    qtbot.waitUntil(lambda: dialog.rows[MODEL].bar.value() > 0, timeout=SOON_MS)
    window_of(dialog).close()
