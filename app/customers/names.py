"""How somebody is addressed: by given name, in Chinese as in English."""

_TWO_SIGN_SURNAMES = frozenset(
    "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 司徒 夏侯 令狐 端木 长孙 宇文 轩辕 申屠 司空 南宫 西门".split()  # noqa: SIM905  # reads as a list of names
)


def given_name(name: str) -> str:
    """Return the given name; a Chinese name of two characters stays whole, as people say it."""
    words = name.split()
    if not words:
        return name
    if not _is_chinese(words[0]):
        return words[0]
    whole = "".join(words)
    surname = 2 if whole[:2] in _TWO_SIGN_SURNAMES and len(whole) > 2 else 1
    return whole[surname:] if 2 < len(whole) <= 4 else whole


def _is_chinese(word: str) -> bool:
    return all("一" <= sign <= "鿿" for sign in word)
