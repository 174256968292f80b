"""Finding Chinese words by their first letters: 周敏 by zm."""

from functools import lru_cache
from importlib.util import find_spec
from itertools import product

_MOST = 16


@lru_cache(maxsize=8192)
def initials(text: str) -> tuple[str, ...]:
    """First letters of each reading (单 is shan and dan), and the first reading in full."""
    if find_spec("pypinyin") is None:
        return ()
    import pypinyin

    readings = pypinyin.pinyin(text.lower(), style=pypinyin.Style.NORMAL, heteronym=True)
    letters = [sorted({one[:1] if len(one) > 1 else one for one in each}) for each in readings]
    found: list[str] = []
    for combination in product(*letters):
        found.append("".join(combination))
        if len(found) == _MOST:
            break
    spelled = ["".join(each[0] for each in readings)]
    return tuple(dict.fromkeys([*found, *spelled]))


def matches(words: str, text: str) -> bool:
    """Whether every blank-separated word is in the text, or begins its first letters."""
    low = text.lower()
    for word in words.lower().split():
        if word in low:
            continue
        if not word.isascii() or not word.isalpha():
            return False
        if not any(word in one for one in initials(text)):
            return False
    return True
