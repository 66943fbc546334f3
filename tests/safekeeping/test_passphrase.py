"""Passphrases that can be read from paper and typed anywhere."""

import pytest

from partyday_tui.safekeeping.passphrase import SYLLABLES, generated, mistake_in, slip


def test_a_generated_one_has_four_words_and_can_be_used():
    made = {generated() for _ in range(200)}
    assert len(made) == 200
    for passphrase in made:
        assert mistake_in(passphrase) is None
        assert len(passphrase.split("-")) == 4
        assert passphrase.replace("-", "").isalpha() and passphrase.islower()


def test_there_is_enough_to_choose_from():
    assert len(SYLLABLES) == len(set(SYLLABLES)) > 300


@pytest.mark.parametrize("typed", ["", "short", "口令口令口令口令口令口令", "aaaaaaaaaaaaaaaa", " couzhan-yuanling", "couzhan-yuanling ", "tab\tin-the-middle", "esc\x1b[2Jxxxxxxxx"])  # fmt: skip
def test_what_cannot_be_used_is_said(typed):
    assert mistake_in(typed)


@pytest.mark.parametrize("typed", ["couzhan-yuanling-xichuan", "correct horse battery", "A1!b2@c3#d4$"])
def test_what_can_be_used(typed):
    assert mistake_in(typed) is None


def test_the_slip_holds_the_passphrase_and_the_way_back():
    text = slip("柳湾村党支部", "couzhan-yuanling", "2026-11-06")
    assert "couzhan-yuanling" in text and "7-Zip" in text and "恢复" in text
