"""Every text is there in Chinese, with the same placeholders."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
CATALOG = ROOT / "app" / "translations" / "zh_Hans" / "LC_MESSAGES" / "messages.po"
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
HAN = re.compile(r"[\u4e00-\u9fff]")
SAME_IN_BOTH = {"CES", "CSAT", "NPS", "CSV", "English", "中文", "API", "TSV", "Revisit", "JSON"}


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    with CATALOG.open("rb") as file:
        return read_po(file, locale="zh_Hans")


@pytest.fixture(scope="module")
def texts() -> set[str]:
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    keywords = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None}
    found: set[str] = set()
    for folder in ("app", "templates"):
        for _name, _line, message, _comments, _context in extract_from_dir(
            ROOT / folder, methods, options, keywords=keywords
        ):
            found.add(message if isinstance(message, str) else message[0])
    return found - {""}


def _translated(catalog: Catalog) -> dict[str, Message]:
    return {message.id: message for message in catalog if isinstance(message.id, str) and message.id}


@pytest.mark.no_database
def test_every_text_of_the_source_has_its_chinese(catalog: Catalog, texts: set[str]):
    translated = _translated(catalog)

    assert sorted(text for text in texts if not (text in translated and translated[text].string)) == []


@pytest.mark.no_database
def test_no_translation_is_a_guess(catalog: Catalog):
    assert [message.id for message in catalog if message.fuzzy and message.id] == []


@pytest.mark.no_database
def test_placeholders_are_the_same_in_both_languages(catalog: Catalog):
    wrong = [
        text
        for text, message in _translated(catalog).items()
        if set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(str(message.string)))
    ]

    assert wrong == []


@pytest.mark.no_database
def test_chinese_is_chinese(catalog: Catalog):
    """A text that was copied over untranslated reads as English to somebody who reads none."""
    foreign = [
        text
        for text, message in _translated(catalog).items()
        if text not in SAME_IN_BOTH
        and re.search(r"[a-z]{3}", PLACEHOLDER.sub("", text))
        and not HAN.search(str(message.string))
    ]

    assert foreign == []
