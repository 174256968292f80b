"""`enforcer`: a command goes to the headless face; no command opens the window."""

import builtins
import gc
import os
import sys
from collections.abc import Mapping

WITH_VALUE = {"--home", "--user"}
SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
NO_SCREEN = (
    "这里没有图形桌面，窗口打不开。请在桌面上打开，或者写明要办的命令（见 enforcer --help）。\n"
)
TROUBLE = 3
OF_WINDOW = {"--home", "--user", "--quit-when-ready"}


def wants_window(words: list[str]) -> bool:
    """Whether there is no command among the words (an option's value is none)."""
    expect_value = False
    for word in words:
        name = word.partition("=")[0]
        if expect_value:
            expect_value = False
        elif name in OF_WINDOW:
            expect_value = name in WITH_VALUE and "=" not in word
        else:
            return False
    return not expect_value


def lacks_screen(environment: Mapping[str, str], platform: str) -> bool:
    """Whether Qt would abort for want of a desktop, in its own words."""
    return platform == "linux" and not any(map(environment.get, SCREENS))


def _prepare_to_load() -> None:
    """Spare the start what it does not need; together a third of it.

    Collecting garbage while modules load finds nothing. Qt's import hook reads the source of every
    later module, looking for `__feature__`, which we do not use. Pydantic looks for plug-ins in
    every installed package; we have none and want none.
    """
    gc.disable()
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    plain = builtins.__import__
    import PySide6.QtWidgets

    assert PySide6.QtWidgets
    builtins.__import__ = plain


def main(arguments: list[str] | None = None) -> int:
    """Open the window, or hand a command to `enforcer.__main__` without importing Qt."""
    words = sys.argv[1:] if arguments is None else arguments
    if wants_window(words):
        if lacks_screen(os.environ, sys.platform):
            sys.stderr.write(NO_SCREEN)
            return TROUBLE
        _prepare_to_load()
        from ui.app import run

        return run(words)
    from enforcer.__main__ import main as headless

    code: int = headless(words)
    return code


if __name__ == "__main__":
    sys.exit(main())
