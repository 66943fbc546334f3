"""``partyday manual``: one file, nothing fetched, every picture inside."""

import re

import pytest

from partyday_tui.cli.run import run
from partyday_tui.errors import UserMistake
from partyday_tui.services.manual import chapters


def test_the_page_stands_alone(tmp_path, capsys):
    assert run(["manual", "--out", str(tmp_path / "手册")]) == 0
    (file,) = (tmp_path / "手册").iterdir()
    assert str(file.name) in capsys.readouterr().out
    page = file.read_text("utf-8")
    assert not re.search(r"(?:src|href|url)\s*[=(]\s*[\"']?(?!#)[\w./:]|<script|<link|@import|@font-face", page)
    assert set(re.findall(r'https?://[^"\s<]+', page)) == {"http://www.w3.org/2000/svg"}
    assert page.count("<svg ") == page.count("<figure>") == 6
    assert all(f">{it.number}　{it.title}</h2>" in page for it in chapters())
    assert "@page { size: A4;" in page and "**" not in page


def test_a_place_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UserMistake, match="换一个文件夹"):
        run(["manual", "--out", str(tmp_path / "file" / "x")])
