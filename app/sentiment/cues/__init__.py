"""The words the rules go by, as plain text files that anybody may edit: sections in brackets, cues below them."""

import re
from pathlib import Path

_FOLDER = Path(__file__).parent
_HEADING = re.compile(r"\[([a-z]+(?: [a-z]+)?|-?\d\.\d)\]")


def sections(name: str) -> dict[str, list[str]]:
    """Read a file of cues: the lines of each section; lines that begin with "# " are for people."""
    found: dict[str, list[str]] = {}
    current: list[str] = []
    for line in (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if heading := _HEADING.fullmatch(line):
            current = found.setdefault(heading[1], [])
        elif line and not line.startswith("# "):
            current.append(line)
    return found


def listed(lines: list[str]) -> list[str]:
    """Take lines of cues with bars between them apart."""
    return [cue for line in lines for cue in line.split(" | ")]


def words(lines: list[str]) -> frozenset[str]:
    """Take lines of words apart."""
    return frozenset(word for line in lines for word in line.split())
