"""Tables that people send and take away: CSV in the encodings of real offices, read row by row; no formula leaves."""

import codecs
import csv
import gzip
import re
import shutil
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal

DELIMITERS = ",;\t"
_STEP = 1 << 20
_WORKBOOK = b"PK\x03\x04"
_PACKED = b"\x1f\x8b"
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
csv.field_size_limit(32_767)  # what a cell of Excel holds; an open quotation mark ends there at the latest
_WELL_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class Unreadable(Exception):
    """The file is no table that we can read; `why` is empty, workbook, packed or encoding."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


@dataclass(frozen=True)
class Shape:
    """How a table is written: the sign between cells, whether quotation marks wrap cells, and where the rows begin."""

    delimiter: str
    is_quoted: bool
    header: tuple[str, ...]
    after: int
    line: int


@dataclass(frozen=True)
class Row:
    """One row: the line of the file in which it begins, its cells, and the place in bytes after it.

    `is_whole` is False when a quotation mark in it is never closed; the next row is the next line.
    """

    line: int
    cells: list[str]
    after: int
    next_line: int
    is_whole: bool = True


def to_utf8(source: Path, target: Path, *, may_be_packed: bool = False) -> str:
    """Write the file anew as UTF-8 with plain line ends and return the encoding it had; raise `Unreadable`.

    UTF-8 is tried first, strictly and over the whole file, then GB18030: a text in GB18030 is almost never valid UTF-8.
    """
    head = _head(source)
    if head.startswith(_PACKED):
        if not may_be_packed:
            raise Unreadable("packed")
        return _unpacked(source, target)
    if not head.strip():
        raise Unreadable("empty")
    if head.startswith((_WORKBOOK, _OLD_WORKBOOK)):
        raise Unreadable("workbook")
    for encoding in _candidates(head):
        try:
            _transcode(source, target, encoding)
        except UnicodeError:
            continue
        return encoding
    raise Unreadable("encoding")


def shape(path: Path, known: Any) -> Shape:
    """Find delimiter and header: the delimiter under which most columns have a known name (`known(name) -> bool`)."""
    with path.open("rb") as file:
        after, line, first = _first_line(file)
        said = re.fullmatch(r"sep=(.)", first.strip())  # Excel's own first line
        if said:
            after, line, first = _first_line(file, after, line)
    choices = [(sign, _split(first, sign)) for sign in (said[1] if said else DELIMITERS)]
    delimiter, header = max(choices, key=lambda choice: (sum(map(known, choice[1])), len(choice[1])))
    is_quoted = delimiter != "\t" or _is_quoted(path, len(header))
    return Shape(delimiter, is_quoted, tuple(cell.strip() for cell in header), after, line)


def rows(path: Path, delimiter: str, *, is_quoted: bool, after: int, line: int) -> Iterator[Row]:
    """Read rows from a place in a UTF-8 table on; empty ones are passed over."""
    with path.open("rb") as file:
        file.seek(after)
        lines = _Lines(file, after, line)
        quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if is_quoted else csv.QUOTE_NONE
        reader = csv.reader(lines, delimiter=delimiter, quoting=quoting, strict=True)
        while True:
            lines.begin()
            try:
                cells = next(reader, None)
            except csv.Error:
                yield Row(lines.began, [lines.back_to_first()], lines.after, lines.line, is_whole=False)
                continue
            if cells is None:
                return
            if any(cell.strip() for cell in cells):
                yield Row(lines.began, [unguarded(cell) for cell in cells], lines.after, lines.line)


def guarded(cell: object) -> str:
    """Return the cell so that a spreadsheet shows it instead of running it as a formula."""
    text = str(cell)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def unguarded(cell: str) -> str:
    """Return the cell as it was before `guarded`: our own downloads can be sent back."""
    return cell[1:] if cell.startswith("'") and cell[1:].lstrip(" ").startswith(_FORMULA) else cell


def csv_bytes(table: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """Write rows as CSV that Excel opens in Chinese: UTF-8 with BOM, CRLF, formulas closed."""
    yield codecs.BOM_UTF8
    line = _Line()
    writer = csv.writer(line)
    for row in table:
        writer.writerow([guarded(cell) for cell in row])
        yield line.written.encode()


class _Line:
    """A file of one line, which the writer writes and we take."""

    written = ""

    def write(self, text: str) -> None:
        self.written = text


class _Lines:
    """The lines of a UTF-8 file, with the place after the last one handed out."""

    def __init__(self, file: IO[bytes], after: int, line: int) -> None:
        self._file, self.after, self.line = file, after, line
        self.begin()

    def begin(self) -> None:
        """Remember that a row begins here."""
        self.began, self._first = self.line, b""

    def back_to_first(self) -> str:
        """Go on behind the first line of this row and return that line."""
        self._file.seek(self._after_first)
        self.after, self.line = self._after_first, self.began + 1
        return self._first.decode().rstrip("\n")

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        raw = self._file.readline()
        if not raw:
            raise StopIteration
        self.after += len(raw)
        self.line += 1
        if not self._first:
            self._first, self._after_first = raw, self.after
        return raw.decode()


def _head(source: Path) -> bytes:
    with source.open("rb") as file:
        return file.read(4096)


def _unpacked(source: Path, target: Path) -> str:
    """Unpack a .gz file, then read what was in it."""
    whole = target.with_suffix(".unpacked")
    try:
        with gzip.open(source, "rb") as packed:
            copy_of(packed, whole)  # type: ignore[arg-type]  # a GzipFile is read like any file
        return to_utf8(whole, target)
    except (OSError, EOFError, zlib.error) as fault:
        raise Unreadable("encoding") from fault
    finally:
        whole.unlink(missing_ok=True)


def _candidates(head: bytes) -> tuple[str, ...]:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    if head.startswith(codecs.BOM_UTF8):
        return ("utf-8-sig",)
    return ("utf-8", "gb18030")


def _transcode(source: Path, target: Path, encoding: str) -> None:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    ends = _PlainEnds()
    with source.open("rb") as file, target.open("wb") as new:
        target.chmod(0o600)
        for block in iter(lambda: file.read(_STEP), b""):
            new.write(ends.of(decoder.decode(block)).encode())
        new.write(ends.of(decoder.decode(b"", final=True)).encode())


class _PlainEnds:
    """Turns every line end into one, also when it is cut by the end of a block."""

    _was_return = False

    def of(self, text: str) -> str:
        if self._was_return and text.startswith("\n"):
            text = text[1:]
        if text:
            self._was_return = text.endswith("\r")
        return text.replace("\r\n", "\n").replace("\r", "\n")


def _first_line(file: IO[bytes], after: int = 0, line: int = 1) -> tuple[int, int, str]:
    """Return place, line number and text of the first line that says something."""
    for raw in file:
        after, line = after + len(raw), line + 1
        text = raw.decode()
        if text.strip(" \t\r\n,;\ufeff"):
            return after, line, text.lstrip("\ufeff")
    raise Unreadable("empty")


def _split(text: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([text], delimiter=delimiter), [])
    except csv.Error:
        return []


def _is_quoted(path: Path, width: int) -> bool:
    """Return False for a tab-separated table whose quotation marks are only text, as databases write them."""
    with path.open(encoding="utf-8", newline="\n") as file:
        for text in file:
            if '"' not in text:
                continue
            cells = text.rstrip("\n").split("\t")
            if len(cells) != width:
                return True  # a cell of several lines
            if any(cell.startswith('"') and not _WELL_QUOTED.fullmatch(cell) for cell in cells):
                return False
    return True


def copy_of(stream: IO[bytes], target: Path) -> None:
    """Keep what somebody sends, readable by us alone."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with target.open("wb") as file:
        target.chmod(0o600)
        shutil.copyfileobj(stream, file, _STEP)
