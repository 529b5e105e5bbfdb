"""Parts of the bundled model that others trained: which files, under which licence, and how they are brought in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files as package_files
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from engine.conditioning.sentence import packed_tokens
from engine.spec import Refused

CREDITS_FILE = "BORROWED.md"


@dataclass(frozen=True)
class Borrowed:
    """A published file: its SHA-256 as published, what it becomes here, and whose it is."""

    role: str
    title: str
    sha256: str
    path: str
    licence: str
    source: str


SENTENCE = Borrowed(
    "sentence", "all-MiniLM-L6-v2", "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "sentence.safetensors", "Apache-2.0",
    "sentence-transformers (N. Reimers and others), from nreimers/MiniLM-L6-H384-uncased, after Microsoft's MiniLM",
)
TOKENIZER = Borrowed(
    "tokenizer", "all-MiniLM-L6-v2: tokenizer", "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "tokenizer.json", "Apache-2.0", "as above",
)
VISION = Borrowed(
    "vision", "MobileNetV2, trained on ImageNet", "b03531047ffacf1e2488318dcd2aba1126cde36e3bfe1aa5cb07700aeeee9889",
    "vision.safetensors", "BSD-3-Clause", "torchvision, mobilenet_v2-b0353104.pth",
)
ALL = (SENTENCE, TOKENIZER, VISION)


def bring(minilm: Path, mobilenet: Path, out: Path) -> dict[str, dict[str, Any]]:
    """Convert the published files into `out`, note whose they are there, and return their entries for a card.

    minilm: `model.safetensors`, with `tokenizer.json` beside it; mobilenet: `mobilenet_v2-b0353104.pth`.
    Raises Refused for a file that is not the published one.
    """
    tokenizer = minilm.with_name("tokenizer.json")
    for borrowed, given in ((SENTENCE, minilm), (TOKENIZER, tokenizer), (VISION, mobilenet)):
        check(borrowed, given)
    out.mkdir(parents=True, exist_ok=True)
    sentence = load_file(minilm)
    convert(sentence | packed_tokens(sentence), out / SENTENCE.path,
            lambda name: "position_ids" not in name and "pooler" not in name)
    (out / TOKENIZER.path).write_bytes(tokenizer.read_bytes())
    published = torch.load(mobilenet, weights_only=True, map_location="cpu")
    convert(published, out / VISION.path, lambda name: not name.endswith("num_batches_tracked"))
    (out / CREDITS_FILE).write_text(credits(), encoding="utf-8")
    return entries(out)


def check(borrowed: Borrowed, given: Path) -> None:
    """Raises Refused unless `given` is the published file."""
    if not given.is_file():
        raise Refused(f"There is no {given}; give the published file of {borrowed.title}.")
    if hashlib.sha256(given.read_bytes()).hexdigest() != borrowed.sha256:
        raise Refused(f"{given} is not the published file of {borrowed.title}; get it again.")


def convert(weights: dict[str, Tensor], path: Path, wanted: Callable[[str], bool]) -> None:
    """The wanted tensors under the names that they were published with; single precision becomes half."""
    kept = {k: v.half() if v.dtype == torch.float32 else v for k, v in weights.items() if wanted(k)}
    save_file({k: v.contiguous() for k, v in kept.items()}, path, {"format": "pt"})


def entries(folder: Path) -> dict[str, dict[str, Any]]:
    """Role to path, hash and size of each borrowed file in a model's folder; the missing are left out."""
    found = {}
    for borrowed in ALL:
        path = folder / borrowed.path
        if path.is_file():
            content = path.read_bytes()
            found[borrowed.role] = {"path": path.name, "sha256": hashlib.sha256(content).hexdigest(),
                                    "bytes": len(content)}
    return found


def lend(out: Path) -> dict[str, dict[str, Any]]:
    """The bundled model's borrowed files, brought into the folder of another, and their entries for its card."""
    bundled = Path(str(package_files("resources"))) / "models" / "visiosonic-mini"
    for name in (*(borrowed.path for borrowed in ALL), CREDITS_FILE):
        if not (out / name).exists():
            (out / name).write_bytes((bundled / name).read_bytes())
    return entries(out)


def add_to_card(folder: Path) -> None:
    """Name the borrowed files in the model card that lies beside them."""
    path = folder / "card.json"
    card = json.loads(path.read_text(encoding="utf-8"))
    card["files"] |= entries(folder)
    path.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def credits() -> str:
    """What is borrowed, from whom and under which licence, with the licence's words where it asks for them."""
    lines = ["# Parts of this model that others trained", "",
             "Converted to half precision, the sentence encoder's rarer words to eight bits, and otherwise unchanged. "
             "They keep their own licences.", ""]
    for borrowed in ALL:
        lines += [f"## `{borrowed.path}`: {borrowed.title}", "", f"- Source: {borrowed.source}",
                  f"- Licence: {borrowed.licence}", f"- SHA-256 of the published file: {borrowed.sha256}", ""]
    return "\n".join([*lines, "Apache-2.0: http://www.apache.org/licenses/LICENSE-2.0", "", BSD_3])


BSD_3 = """BSD 3-Clause License

Copyright (c) Soumith Chintala 2016, 
All rights reserved.

Redistribution and use in source and binary forms, with or without
modification, are permitted provided that the following conditions are met:

* Redistributions of source code must retain the above copyright notice, this
  list of conditions and the following disclaimer.

* Redistributions in binary form must reproduce the above copyright notice,
  this list of conditions and the following disclaimer in the documentation
  and/or other materials provided with the distribution.

* Neither the name of the copyright holder nor the names of its
  contributors may be used to endorse or promote products derived from
  this software without specific prior written permission.

THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS"
AND ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE
IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
"""
