"""Plain texts: one shape for full-width and half-width, no control characters, names, languages, yes and no."""

import re
import unicodedata

from app.customers.rules.reasons import Reason, Wrong

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_YES = {"yes", "y", "true", "1", "是", "同意", "可以", "接受", "有", "✓", "√"}
_NO = {"no", "n", "false", "0", "否", "不", "不同意", "拒绝", "不接受", "无", "×"}
_CHINESE = {"zh", "zhhans", "zhhant", "zhcn", "zhtw", "zhhk", "cn", "chinese", "中文", "汉语", "简体中文", "中"}
_ENGLISH = {"en", "enus", "engb", "english", "英文", "英语", "英"}


def plain(text: str) -> str:
    """Return the text with full-width letters, digits and signs made half-width (NFKC), in one line, trimmed."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return " ".join(unicodedata.normalize("NFKC", _CONTROL.sub("", text)).split())


def line(text: str, most: int) -> str:
    """Return one line of text as it was written; raise `Wrong` when it is longer than `most` characters."""
    cleaned = " ".join((text if text.isprintable() else _CONTROL.sub("", text)).split())
    if len(cleaned) > most:
        raise Wrong(Reason.TOO_LONG)
    return cleaned


def prose(text: str, most: int) -> str:
    """Return a text of several lines; raise `Wrong` when it is longer than `most` characters."""
    cleaned = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if len(cleaned) > most:
        raise Wrong(Reason.TOO_LONG)
    return cleaned


def number_in_books(text: str) -> str:
    """Return a number of the firm's own books: half-width, so that Ａ００１ and A001 are one."""
    return line(plain(text), 100)


def is_yes(text: str) -> bool:
    """Read yes or no in Chinese or English."""
    word = plain(text).casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise Wrong(Reason.NOT_YES_OR_NO)


def language(text: str) -> str:
    """Read the name or code of a language that we write."""
    word = re.sub(r"[\W_]", "", plain(text).casefold())
    if word in _CHINESE:
        return "zh_Hans"
    if word in _ENGLISH:
        return "en"
    raise Wrong(Reason.NOT_A_LANGUAGE)


def language_of(name: str) -> str:
    """Return the language in which to write to somebody of this name: Chinese when it holds a Han character."""
    return "zh_Hans" if _HAN.search(name) else "en"
