"""What the window says, gathered from its sources; `python -m tests.wording` brings resources/translations up to date.

Messages are `tr("…")` in a class, `QCoreApplication.translate("Context", "…")`, `later("Context", "…")`, the words of
actions and menus, the names of edits, and whole sentences that are refused or said (`Refused("…")`). Translations
that are there are kept; new words are unfinished; words that are gone go.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from foleydesk.actions import ACTIONS, MENUS

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "translations"
Message = tuple[str, str]
"""(context, source text)."""


def messages() -> list[Message]:
    """Everything that can be translated, in a steady order."""
    found = {("Action", one.text): None for one in ACTIONS} | {("Menu", menu): None for menu in MENUS}
    for path in sorted((ROOT / "foleydesk").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found |= {message: None for message in (*_of(tree), *_sentences(tree), *_edits(tree))}
    return sorted(found)


def _of(tree: ast.Module) -> Iterator[Message]:
    constants = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }

    shorts = {
        node.name: call.args[0].value
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "translate"
        if isinstance(call.args[0], ast.Constant) and isinstance(call.args[1], ast.Name)
    }
    """Functions of a module that translate what they are given, each for one context."""

    def text(node: ast.expr) -> str | None:
        if isinstance(node, ast.Name):
            return constants.get(node.id)
        return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None

    def walk(node: ast.AST, owner: str) -> Iterator[Message]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Call):
                name = child.func.attr if isinstance(child.func, ast.Attribute) else getattr(child.func, "id", "")
                said = [text(argument) for argument in child.args]
                if name == "tr" and owner and len(said) == 1 and said[0]:
                    yield owner, said[0]
                if name in shorts and len(said) == 1 and said[0]:
                    yield shorts[name], said[0]
                if name in ("translate", "later", "tr") and len(said) == 2 and said[0] and said[1]:
                    yield said[0], said[1]
            yield from walk(child, child.name if isinstance(child, ast.ClassDef) else owner)

    yield from walk(tree, "")


SAYING = ("Refused", "emit", "refuse", "say", "_switched")
"""What takes a sentence to the message bar, which translates it when it knows it."""


def _sentences(tree: ast.AST) -> Iterator[Message]:
    for call in ast.walk(tree):
        name = getattr(call.func, "attr", getattr(call.func, "id", "")) if isinstance(call, ast.Call) else ""
        if name in SAYING and isinstance(call, ast.Call):
            for part in (part for given in call.args for part in ast.walk(given)):
                words = part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else ""
                if words.endswith(".") and " " in words and words[0].isupper():
                    yield "Said", words


def _edits(tree: ast.AST) -> Iterator[Message]:
    """`text` of each edit, and what several of them are called together."""
    for node in ast.walk(tree):
        said: list[ast.expr] = []
        if isinstance(node, ast.ClassDef) and any(getattr(base, "id", "") == "Edit" for base in node.bases):
            said = [given.value for given in node.body if isinstance(given, ast.Assign) and _named(given, "text")]
            texts = (part for part in node.body if isinstance(part, ast.FunctionDef) and part.name == "text")
            said += [one for text in texts for one in ast.walk(text) if isinstance(one, ast.Constant)]
        elif isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in TOGETHER:
            said = node.args[1:2]
        for one in said:
            words = one.value if isinstance(one, ast.Constant) and isinstance(one.value, str) else ""
            if words[:1].isupper() and not words.endswith("."):
                yield "Edit", words


TOGETHER = ("Together", "_each")


def _named(given: ast.Assign, name: str) -> bool:
    return any(getattr(target, "id", "") == name for target in given.targets)


def translations(path: Path) -> dict[Message, str]:
    """What a .ts file translates; unfinished messages are left out."""
    if not path.exists():
        return {}
    found: dict[Message, str] = {}
    for context in ElementTree.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            said = message.find("translation")
            if said is not None and said.get("type") is None and said.text:
                found[(context.findtext("name", ""), message.findtext("source", ""))] = said.text
    return found


def write(path: Path, language: str, known: dict[Message, str]) -> tuple[int, int]:
    """Write the .ts file; how many messages are translated, and how many there are."""
    root = ElementTree.Element("TS", version="2.1", language=language, sourcelanguage="en")
    contexts: dict[str, ElementTree.Element] = {}
    every = messages()
    for context, source in every:
        if context not in contexts:
            contexts[context] = ElementTree.SubElement(root, "context")
            ElementTree.SubElement(contexts[context], "name").text = context
        message = ElementTree.SubElement(contexts[context], "message")
        ElementTree.SubElement(message, "source").text = source
        said = ElementTree.SubElement(message, "translation")
        if (context, source) in known:
            said.text = known[(context, source)]
        else:
            said.set("type", "unfinished")
    ElementTree.indent(root, " ")
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    path.write_text(head + ElementTree.tostring(root, encoding="unicode") + "\n", encoding="utf-8")
    return sum(message in known for message in every), len(every)


def main() -> None:
    for path in sorted(FOLDER.glob("foleydesk_*.ts")):
        done, every = write(path, path.stem.partition("_")[2], translations(path))
        compiler = Path(sys.executable).with_name("pyside6-lrelease")
        subprocess.run([compiler, "-silent", path, "-qm", path.with_suffix(".qm")], check=True)
        print(f"{path.name}: {done} of {every} messages")


if __name__ == "__main__":
    main()
