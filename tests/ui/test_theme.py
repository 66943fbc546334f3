"""Contrast of every ink on every paper (WCAG 2.1), in true colour and in the 16 colours of an old console."""

import pytest
from rich.color import STANDARD_PALETTE, Color, ColorSystem

from partyday_tui.ui.theme import DARK, LIGHT, LOOKS, PLAIN

# Marks and money stand in these; hints, keys and what is looked up beside in the others.
READ_MOST = {"text", "strong", "key", "late", "heading", "cursor", "field"}
TEXT = [name for name in DARK.inks if name != "thumb"]


def brightness(rgb):
    """Relative luminance of an sRGB colour."""
    linear = [c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in rgb]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """The ratio of two sRGB colours, 1 to 21."""
    dark, light = sorted((brightness(one), brightness(other)))
    return (light + 0.05) / (dark + 0.05)


def pairs(look, name):
    """(ink, paper) as the widgets draw it: on the screen, in a dialog, and under the cursor, which lies over the ink."""
    style = look.ink(name)
    for paper in (look.paper, look.panel):
        yield style.color or Color.parse(look.ink_text), style.bgcolor or Color.parse(paper)
    under = style + look.ink("cursor")
    yield under.color, under.bgcolor


def test_the_ratio_is_the_one_of_the_standard():
    assert contrast((0, 0, 0), (255, 255, 255)) == 21
    assert round(contrast((0x77, 0x77, 0x77), (255, 255, 255)), 2) == 4.48


@pytest.mark.parametrize("look", LOOKS.values(), ids=str)
@pytest.mark.parametrize("name", TEXT)
def test_ink_stands_out_from_its_paper(look, name):
    least = 7 if name in READ_MOST else 4.5
    assert min(contrast(ink.triplet, paper.triplet) for ink, paper in pairs(look, name)) >= least


@pytest.mark.parametrize("look", LOOKS.values(), ids=str)
@pytest.mark.parametrize("name", TEXT)
def test_ink_stands_out_with_16_colours(look, name):
    for pair in pairs(look, name):
        ink, paper = (STANDARD_PALETTE[colour.downgrade(ColorSystem.STANDARD).number] for colour in pair)
        assert contrast(ink, paper) >= 4.5


@pytest.mark.parametrize("look", LOOKS.values(), ids=str)
def test_cursor_and_bar_are_seen_with_16_colours(look):
    papers = {Color.parse(paper).downgrade(ColorSystem.STANDARD).number for paper in (look.paper, look.panel)}
    for name in ("bar", "cursor"):
        assert look.ink(name).bgcolor.downgrade(ColorSystem.STANDARD).number not in papers


@pytest.mark.parametrize("look", [DARK, LIGHT], ids=str)
def test_the_scroll_mark_is_seen(look):
    thumb = look.ink("thumb").bgcolor
    assert contrast(thumb.triplet, Color.parse(look.paper).triplet) >= 3


def test_the_plain_look_needs_no_colour():
    """What is late, here or a heading is bold; the cursor is turned round, a field underlined."""
    without = {name: style.without_color for name, style in PLAIN.inks.items()}
    for name in ("late", "here", "heading", "key", "strong", "bar-strong"):
        assert without[name].bold
    assert without["field"].underline and not without["text"].bold and not without["quiet"].bold
    assert contrast(PLAIN.ink("cursor").color.triplet, PLAIN.ink("text").color.triplet) > 20
