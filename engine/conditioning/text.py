"""Words as numbers without a vocabulary: each word is the sum of hashed pieces of its letters."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

import torch
from torch import Tensor, nn

PIECES = 12
"""Most pieces kept of one word."""


def words(prompt: str) -> list[str]:
    """Lower-case words of letters and digits."""
    return re.findall(r"[a-z0-9]+", prompt.lower())


def pieces(word: str) -> list[str]:
    """The word itself and its runs of three and four letters, with its ends marked."""
    marked = f"<{word}>"
    runs = [marked[i : i + n] for n in (4, 3) for i in range(len(marked) - n + 1)]
    return [marked, *runs][:PIECES]


def rows(prompts: Sequence[str], longest: int, count: int) -> tuple[Tensor, Tensor]:
    """Rows of the embedding table, (batch, longest, 12), 0 where there is none; and a mask (batch, longest)."""
    table = torch.zeros(len(prompts), longest, PIECES, dtype=torch.long)
    mask = torch.zeros(len(prompts), longest, dtype=torch.bool)
    for b, prompt in enumerate(prompts):
        for w, word in enumerate(words(prompt)[:longest]):
            hashed = [1 + zlib.crc32(piece.encode()) % (count - 1) for piece in pieces(word)]
            table[b, w, : len(hashed)] = torch.tensor(hashed)
            mask[b, w] = True
    return table, mask


class WordEmbedding(nn.Module):
    """Prompts to one vector a word: (batch, longest, width), with a mask (batch, longest)."""

    def __init__(self, count: int, width: int, longest: int) -> None:
        super().__init__()
        self.count, self.longest = count, longest
        self.table = nn.Embedding(count, width, padding_idx=0)
        nn.init.normal_(self.table.weight, std=0.3)
        with torch.no_grad():
            self.table.weight[0] = 0
        self.place = nn.Parameter(torch.randn(longest, width) * 0.02)

    def forward(self, prompts: Sequence[str]) -> tuple[Tensor, Tensor]:
        table, mask = rows(prompts, self.longest, self.count)
        table, mask = table.to(self.place.device), mask.to(self.place.device)
        used = (table > 0).sum(-1, keepdim=True).clamp(min=1)
        return self.table(table).sum(2) / used.sqrt() + self.place, mask
