"""Colours can be read in both modes, icons exist, light and dark follow the choice."""

import re
from pathlib import Path

import pytest
import qtawesome
from PySide6.QtGui import QFontDatabase, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from enforcer import paths
from ui import icons, theme, tokens
from ui.app import prepare_input_method
from ui.preferences import preferences
from ui.theme import Theme
from ui.tokens import Mode
from ui.widgets.basics import button


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize(("word", "ground"), tokens.TEXT_ON)
def test_every_word_can_be_read_on_its_ground(word: str, ground: str, mode: Mode):
    assert tokens.contrast(tokens.value(word, mode), tokens.value(ground, mode)) >= 4.5


@pytest.mark.parametrize("mode", list(Mode))
def test_the_main_button_can_be_read(look: Theme, mode: Mode, qtbot):
    look.choose(mode.value)
    main = button("保存并打印", main=True)
    qtbot.addWidget(main)
    main.resize(220, 36)
    picture = main.grab().toImage()
    ground = picture.pixelColor(12, 18).name()
    assert ground == tokens.value("main", mode).lower()
    assert tokens.contrast(tokens.value("onMain", mode), ground) >= 4.5


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000000", "#FFFFFF", 21.0), ("#777777", "#FFFFFF", 4.48)]
)
def test_contrast_is_computed_as_wcag_says(one: str, other: str, ratio: float):
    assert tokens.contrast(one, other) == pytest.approx(ratio, abs=0.01)


@pytest.mark.parametrize("mode", list(Mode))
def test_the_sheet_names_only_tokens_and_pictures_that_exist(mode: Mode):
    text = theme.sheet(mode)
    assert "@" not in text
    for name in re.findall(r'url\("([^"]+)"\)', text):
        assert Path(name).exists(), name


@pytest.mark.parametrize("name", sorted(icons.NAMES))
def test_each_icon_is_in_the_face_of_qtawesome(qapp: QApplication, name: str):
    known, point = icons.NAMES[name]
    assert ord(qtawesome.charmap(f"mdi6.{known}")) == point
    assert not qtawesome.icon(f"mdi6.{known}").isNull()


def test_an_icon_shows_the_colour_of_its_tone(look: Theme):
    picture = theme.picture("ok", 24, "ok").toImage()
    seen = {picture.pixelColor(x, y).name() for x in range(24) for y in range(24)}
    assert tokens.value("ok", Mode.LIGHT).lower() in seen


def test_an_icon_turns_grey_with_its_button(look: Theme):
    icon = theme.icon("print", "onMain")
    picture = icon.pixmap(24, 24, icon.Mode.Disabled).toImage()
    seen = {picture.pixelColor(x, y).name() for x in range(24) for y in range(24)}
    assert tokens.value("edge", Mode.LIGHT).lower() in seen


def test_the_fallback_through_qtawesome_finds_the_same_face(qapp: QApplication):
    assert icons._from_qtawesome().startswith("Material Design Icons")


def test_choosing_dark_changes_palette_and_sheet_and_is_remembered(look: Theme, qapp: QApplication):
    with_signal = []
    look.changed.connect(lambda: with_signal.append(look.mode))
    look.choose("dark")
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == "#14171c"
    assert tokens.value("surface", Mode.DARK) in qapp.styleSheet()
    assert with_signal == [Mode.DARK]
    assert preferences().value("theme") == "dark"
    look.choose("light")


def test_a_spoiled_preference_means_the_system(qapp: QApplication):
    preferences().setValue("theme", "紫色")
    assert Theme(qapp).choice == "system"


def test_text_follows_the_mode_on_the_screen(look: Theme, qtbot):
    look.choose("dark")
    words = QLabel("城管")
    qtbot.addWidget(words)
    words.ensurePolished()
    assert words.palette().color(QPalette.ColorRole.WindowText).name() == "#e7eaef"
    look.choose("light")


def test_digits_have_one_width_in_our_own_face(qapp: QApplication):
    for file in (theme.OWN_FILE, theme.OWN_BOLD_FILE):
        QFontDatabase.addApplicationFont(str(paths.resources() / "fonts" / file))
    font = qapp.font()
    font.setFamily(theme.OWN_FACE)
    widths = {QFontMetrics(font).horizontalAdvance(digit) for digit in "0123456789"}
    assert len(widths) == 1


def test_rare_names_are_drawn_once_the_wide_face_is_there(look: Theme):
    look.load_rare_characters()
    assert theme.WIDE_FACE in QFontDatabase.families()


@pytest.mark.parametrize(
    ("given", "platform", "wanted"),
    [
        ({"XMODIFIERS": "@im=fcitx"}, "linux", {"QT_IM_MODULE": "ibus", "IBUS_USE_PORTAL": "1"}),
        ({"QT_IM_MODULE": "fcitx5"}, "linux", {"QT_IM_MODULE": "ibus", "IBUS_USE_PORTAL": "1"}),
        ({"QT_IM_MODULE": "ibus"}, "linux", {"QT_IM_MODULE": "ibus"}),
        ({"QT_IM_MODULE": "fcitx"}, "win32", {"QT_IM_MODULE": "fcitx"}),
        ({}, "linux", {}),
    ],
)
def test_fcitx_is_reached_through_the_portal(given, platform, wanted):
    environment = dict(given)
    prepare_input_method(environment, platform)
    assert {key: environment.get(key) for key in wanted} == wanted
    assert ("IBUS_USE_PORTAL" in environment) == ("IBUS_USE_PORTAL" in wanted)


def test_fields_and_buttons_are_thirty_six_high(shown):
    from PySide6.QtWidgets import QVBoxLayout, QWidget

    from ui.widgets.inputs import Choice, CountEdit, LineEdit
    from ui.widgets.pickers import FilterCombo

    holder = QWidget()
    column = QVBoxLayout(holder)
    made = [LineEdit(), Choice([(1, "一")]), CountEdit(), FilterCombo(), QPushButton("保存")]
    for one in made:
        column.addWidget(one)
    shown(holder)
    assert {one.height() for one in made} == {36}
