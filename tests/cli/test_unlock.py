"""The way in for one who forgot the PIN."""

from partyday_tui import pin
from partyday_tui.cli.run import run


def test_unlock_takes_the_pin_away_and_says_so(capsys):
    pin.choose_pin("2468")
    pin.note_locked()
    assert run(["unlock"]) == 0
    assert "已去掉" in capsys.readouterr().out and not pin.screen_pin().is_set
    assert run(["unlock"]) == 0
    assert "没有定过" in capsys.readouterr().out
