"""Reads labelled texts: one tab-separated file a set, with label, lang, domain, text and perhaps more columns."""

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SUFFIXES = (".tsv", ".tsv.gz")
_LABELS = {"neg": "negative", "neu": "neutral", "pos": "positive"}


@dataclass(frozen=True, slots=True)
class Row:
    """One text that a person has judged; an empty label is a text nobody has judged."""

    source: str
    label: str
    lang: str
    domain: str
    text: str

    @property
    def held_out(self) -> bool:
        """Tell whether the row is kept for measuring: one in ten, by the text alone, so that repeats stay together."""
        return zlib.crc32(self.text.encode()) % 10 == 0


def read_folder(folder: Path) -> list[Row]:
    """Read every set of a folder, in the order of their names."""
    return [row for path in sorted(folder.iterdir()) if path.name.endswith(SUFFIXES) for row in read_file(path)]


def read_file(path: Path) -> Iterator[Row]:
    """Read one set; a line with fewer than four columns, or a heading, is passed over."""
    source = path.name.removesuffix(".gz").removesuffix(".tsv")
    opener = gzip.open if path.name.endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8", newline="\n") as lines:
        for line in lines:
            cells = line.rstrip("\r\n").split("\t")
            if len(cells) < 4 or cells[0] == "label":
                continue
            label = "" if cells[0] == "none" else _LABELS.get(cells[0], cells[0])
            yield Row(source, label, cells[1], cells[2], cells[3])
