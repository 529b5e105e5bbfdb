"""Words as vectors that know what is meant: the sentence encoder all-MiniLM-L6-v2, on plain torch.

A BERT of six layers, distilled and tuned so that sentences of like meaning lie close (Reimers and Gurevych 2019;
Wang et al. 2020). The weights keep their published names on disk. Built here rather than through transformers, whose
import alone takes longer than a prompt takes from first letter to vector.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from weakref import WeakValueDictionary

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F

from engine.layers.undrawn import Undrawn
from engine.packing import from_bytes, to_bytes
from engine.registry import ModelCard

WIDTH, HEADS, LAYERS, INNER = 384, 12, 6, 1536
VOCABULARY, PLACES = 30_522, 512
EPSILON = 1e-12
LONGEST = 32
"""Most tokens read of a prompt, its two end marks among them; the rest is not heard."""
REMEMBERED = 4096
"""Prompts whose vectors are kept; one is some 15 kB, at most 50."""


@dataclass(frozen=True)
class Sentences:
    """words: (batch, n, 384) token states; heard: (batch, n), True where there is a token; whole: (batch, 384), the
    mean of the heard tokens at unit length. A prompt without words is not heard at all, and its `whole` is zero."""

    words: Tensor
    heard: Tensor
    whole: Tensor


class SentenceNet(nn.Module):
    """One prompt's token numbers to token states."""

    def __init__(self) -> None:
        super().__init__()
        self.tokens = nn.Embedding(VOCABULARY, WIDTH)
        self.places = nn.Embedding(PLACES, WIDTH)
        self.kind = nn.Parameter(torch.zeros(WIDTH))
        self.norm = nn.LayerNorm(WIDTH, EPSILON)
        layer = nn.TransformerEncoderLayer(WIDTH, HEADS, INNER, 0.0, "gelu", EPSILON, batch_first=True)
        self.layers = nn.TransformerEncoder(layer, LAYERS, enable_nested_tensor=False)

    def forward(self, tokens: Tensor) -> Tensor:
        """tokens: (batch, n), all of them heard → (batch, n, 384)."""
        places = self.places.weight[: tokens.shape[1]]
        states: Tensor = self.layers(self.norm(self.tokens(tokens) + self.kind + places))
        return states


class SentenceEncoder:
    """A frozen `SentenceNet` on a device, always in single precision.

    Each prompt is read by itself, so that its vectors are the same, to the bit, whatever it is read together with.
    """

    def __init__(self, net: SentenceNet, tokenizer: Tokenizer, device: torch.device | str = "cpu") -> None:
        self.net, self.device = net.eval().requires_grad_(False).to(device), torch.device(device)
        self.tokenizer = tokenizer
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(LONGEST)
        self._states = lru_cache(REMEMBERED)(self._read)

    def __call__(self, prompts: Sequence[str]) -> Sentences:
        """The prompts side by side, padded to the longest; on the encoder's device."""
        rows = [self._states(prompt.strip()) for prompt in prompts]
        longest = max(1, *(len(row) for row in rows))
        words = torch.stack([F.pad(row, (0, 0, 0, longest - len(row))) for row in rows])
        heard = torch.tensor([[i < len(row) for i in range(longest)] for row in rows], device=self.device)
        whole = torch.stack([F.normalize(row.sum(0), dim=0) for row in rows])
        return Sentences(words, heard, whole)

    @torch.no_grad()
    def _read(self, prompt: str) -> Tensor:
        """(n, 384); n is 0 for a prompt without words."""
        if not prompt:
            return torch.zeros(0, WIDTH, device=self.device)
        tokens = torch.tensor([self.tokenizer.encode(prompt).ids], device=self.device)
        with torch.autocast(self.device.type, enabled=False):
            states: Tensor = self.net(tokens)[0]
        return states


TOKENS = "embeddings.word_embeddings.weight"
COMMON, GROUP = 5000, 32
"""Tokens are numbered by how common they are. What the rarer ones mean is stored in eight bits, a step for so many."""


def packed_tokens(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """What stands for the published tokens (30522, 384): common ones as they are, rare ones in eight bits.
    `from_published` reads either."""
    rare, steps = to_bytes(weights[TOKENS][COMMON:], GROUP)
    return {TOKENS: weights[TOKENS][:COMMON], f"{TOKENS}.rare": rare, f"{TOKENS}.steps": steps}


def from_published(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """The state of a `SentenceNet` from tensors under the names that BERT's are published with."""
    tokens = weights[TOKENS].float()
    if f"{TOKENS}.rare" in weights:
        tokens = torch.cat([tokens, from_bytes(weights[f"{TOKENS}.rare"], weights[f"{TOKENS}.steps"])])
    state = {
        "tokens.weight": tokens,
        "places.weight": weights["embeddings.position_embeddings.weight"],
        "kind": weights["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": weights["embeddings.LayerNorm.weight"],
        "norm.bias": weights["embeddings.LayerNorm.bias"],
    }
    within = {"attention.output.dense": "self_attn.out_proj", "attention.output.LayerNorm": "norm1",
              "intermediate.dense": "linear1", "output.dense": "linear2", "output.LayerNorm": "norm2"}
    for i in range(LAYERS):
        theirs, ours = f"encoder.layer.{i}", f"layers.layers.{i}"
        for end in ("weight", "bias"):
            asked = [weights[f"{theirs}.attention.self.{part}.{end}"] for part in ("query", "key", "value")]
            state[f"{ours}.self_attn.in_proj_{end}"] = torch.cat(asked)
            state |= {f"{ours}.{here}.{end}": weights[f"{theirs}.{there}.{end}"] for there, here in within.items()}
    return {name: tensor.float() for name, tensor in state.items()}


_in_use: WeakValueDictionary[tuple[str, str, str], SentenceEncoder] = WeakValueDictionary()


def load_sentence(card: ModelCard, device: torch.device | str = "cpu") -> SentenceEncoder:
    """The sentence encoder that a model card names: its files "sentence" and "tokenizer".

    Generator, ear and eye all read words: whoever asks while another holds it gets the same one.
    """
    key = (card.file("sentence").sha256, card.file("tokenizer").sha256, str(device))
    encoder = _in_use.get(key)
    if encoder is None:
        with Undrawn():
            net = SentenceNet()
        net.load_state_dict(from_published(load_file(card.path("sentence"))))
        encoder = _in_use[key] = SentenceEncoder(net, Tokenizer.from_file(str(card.path("tokenizer"))), device)
    return encoder
