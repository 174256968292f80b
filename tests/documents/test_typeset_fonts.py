"""Faces, their fallback, and what is embedded of them."""

import struct
from pathlib import Path

import pytest

from enforcer import paths
from enforcer.documents import fonts
from enforcer.documents.sfnt import FontFile
from enforcer.errors import Trouble

FOLDER = paths.resources() / "fonts"


@pytest.mark.parametrize("role", ["fang", "title", "hei", "hei_bold", "kai", "song"])
def test_every_role_draws_a_name_with_rare_characters(role: str) -> None:
    chain = fonts.chain(role, bundled=True)
    assert all(chain.glyph(c).index for c in "王𬭎䶮㛃，。￥A1")


def test_a_character_the_face_lacks_comes_from_song() -> None:
    chain = fonts.chain("fang", bundled=True)
    assert chain.glyph("中").face.path.name == "EnforcerFang-Regular.ttf"
    assert chain.glyph("𬭎").face.path.name == "EnforcerSong-Regular.ttf"


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("王𬭎", ""),
        ("a\nb\tc", ""),
        ("☑☐已驶离", ""),
        ("好😀好😀", "😀"),
        ("\x07\ue000", "\x07\ue000"),
    ],
)
def test_characters_that_no_face_draws_are_named_once(text: str, missing: str) -> None:
    assert fonts.missing(text) == missing


def test_a_subset_holds_only_its_glyphs_and_a_right_checksum() -> None:
    face = FontFile(FOLDER / "EnforcerSong-Regular.ttf")
    data = face.subset([face.glyph(ord(c)) for c in "执法"])
    assert len(data) < 4000
    words = struct.unpack(f">{len(data) // 4}L", data)
    assert sum(words) & 0xFFFFFFFF == 0xB1B0AFBA


def test_a_subset_can_be_read_again(tmp_path: Path) -> None:
    face = FontFile(FOLDER / "EnforcerHei-Regular.ttf")
    glyphs = [face.glyph(ord(c)) for c in "执法，A"]
    reading = _with_cmap(tmp_path / "subset.ttf", face.subset(glyphs))
    assert reading.glyphs >= 5
    assert [reading.advance(i) for i in range(1, 5)] == [face.advance(g) for g in glyphs]
    assert [reading.bearings(i) for i in range(1, 5)] == [face.bearings(g) for g in glyphs]


def _with_cmap(path: Path, data: bytes) -> FontFile:
    path.write_bytes(data)
    return FontFile(path)


def test_the_offices_face_is_chosen_by_its_name() -> None:
    files = sorted(FOLDER.glob("*.ttf"))
    found = fonts.chosen(("没有的字体", "Enforcer Kai"), files)
    assert found is not None
    assert found.path.name == "EnforcerKai-Regular.ttf"
    assert fonts.chosen(("没有的字体",), files) is None


def test_a_file_that_is_no_font_is_passed_over_and_a_missing_one_is_trouble(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"\x00\x01\x00\x00\x00\x00")
    assert fonts.chosen(("任何",), [broken, tmp_path / "none.ttf"]) is None
    with pytest.raises(Trouble, match=r"none\.ttf"):
        FontFile(tmp_path / "none.ttf")


def test_a_collection_is_read_face_by_face(tmp_path: Path) -> None:
    one = (FOLDER / "EnforcerHei-Regular.ttf").read_bytes()
    count = int.from_bytes(one[4:6], "big")
    header = b"ttcf" + struct.pack(">LLL", 0x10000, 1, 16)
    directory = bytearray(one[: 12 + 16 * count])
    for i in range(count):
        at = 12 + 16 * i + 8
        struct.pack_into(">L", directory, at, int.from_bytes(directory[at : at + 4], "big") + 16)
    (tmp_path / "many.ttc").write_bytes(header + directory + one[12 + 16 * count :])
    found = fonts.chosen(("Enforcer Hei",), [tmp_path / "many.ttc"])
    assert found is not None
    assert found.glyph(ord("执")) == FontFile(FOLDER / "EnforcerHei-Regular.ttf").glyph(ord("执"))
