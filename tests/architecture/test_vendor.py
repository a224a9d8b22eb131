"""The files of others are the ones we looked at."""

import hashlib
import re
from pathlib import Path

import pytest

VENDOR = Path(__file__).parents[2] / "app" / "static" / "vendor"
ROW = re.compile(r"^\| ([\w.]+) \|.*\| ([0-9a-f]{64}) \|$", re.MULTILINE)
PINNED = dict(ROW.findall((VENDOR / "README.md").read_text("utf-8")))


def test_every_vendored_file_is_pinned() -> None:
    kept = {path.name for path in VENDOR.iterdir()} - {"README.md"}

    assert kept == set(PINNED)


@pytest.mark.parametrize("name", sorted(PINNED))
def test_a_vendored_file_has_the_hash_that_was_reviewed(name: str) -> None:
    found = hashlib.sha256((VENDOR / name).read_bytes()).hexdigest()

    assert found == PINNED[name]
