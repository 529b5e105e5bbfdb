"""The words of actions and menus in the language of the window."""

from __future__ import annotations

from importlib.resources import files

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from foleydesk.actions import action

tr = QCoreApplication.translate
"""`tr(context, words)`: for what is no QObject."""
TRANSLATIONS = files("resources") / "translations"


def speak(app: QCoreApplication, language: str) -> bool:
    """Load a language ("de"), or the system's for ""; False where the window stays in English."""
    for name in (language,) if language else QLocale.system().uiLanguages():
        if name.startswith("en"):
            return False
        translator = QTranslator(app)
        if translator.load(str(TRANSLATIONS / f"foleydesk_{name.replace('-', '_').split('_')[0]}.qm")):
            _speak_qt(app, name)
            return app.installTranslator(translator)
    return False


def _speak_qt(app: QCoreApplication, name: str) -> None:
    """What Qt itself says: names of keys, its own menus and dialogs."""
    theirs = QTranslator(app)
    if theirs.load(QLocale(name), "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(theirs)


def words_of(action_id: str) -> str:
    """What stands in the menu for the action."""
    return QCoreApplication.translate("Action", action(action_id).text)


def menu_words(menu: str) -> str:
    return QCoreApplication.translate("Menu", menu)


def edit_words(text: str) -> str:
    """What the history and the undo menu call an edit."""
    return QCoreApplication.translate("Edit", text) if text else ""


def sentence_words(sentence: str) -> str:
    """A sentence that comes from below the views, where it is known in the language of the window."""
    return QCoreApplication.translate("Said", sentence) if sentence else ""


def later(context: str, words: str) -> str:
    """The words as they are; they are translated where they are shown, by `tr` of the class `context`."""
    return words


NO_DEVICE = later("Said", "No audio device: playing on a clock")
"""What the player says of itself; it knows no language."""
