"""使用手册 as one file for a printer: HTML with its style and its pictures inside, nothing fetched from anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from pathlib import Path

from partyday_tui import paths
from partyday_tui.errors import UserMistake, cause_of
from partyday_tui.rules.manual import Block, BlockKind, Chapter
from partyday_tui.services.manual import chapters

FILE_NAME = "主题党日台账使用手册.html"

_STYLE = """
@page { size: A4; margin: 18mm 16mm; }
body { font: 13pt/1.75 SimSun, "宋体", "Noto Serif CJK SC", serif; color: #000; background: #fff; max-width: 178mm; margin: 0 auto; }
h1 { font-size: 24pt; text-align: center; margin: 40mm 0 12mm; }
section { break-before: page; }
h2 { font-size: 18pt; border-bottom: 1pt solid #000; break-after: avoid; }
h3 { font-size: 15pt; break-after: avoid; }
h4 { font-size: 13pt; break-after: avoid; }
li, figure { break-inside: avoid; }
figure { margin: 4mm 0; }
figure svg { width: 84%; height: auto; display: block; margin: 0 auto; border: 0.5pt solid #000; }
figcaption { font-size: 10.5pt; text-align: center; }
b.key { font-weight: bold; white-space: nowrap; }
.keys { columns: 2; font-size: 10.5pt; line-height: 1.5; } .keys h2 { column-span: all; } .keys h3 { font-size: 12pt; } .keys ul { padding-left: 5mm; }
nav ol { columns: 2; } nav a { color: inherit; text-decoration: none; }
"""
_CLASSES = {"键位一览": ' class="keys"'}  # a list to look things up in stands in two columns
_KEY = re.compile(r"【[^】]*】")
_STRONG = re.compile(r"\*\*(.+?)\*\*")


def write_manual(folder: Path) -> Path:
    """Write the manual into a folder, which is made where it is missing; returns the file. UserMistake where it cannot be."""
    file = folder / FILE_NAME
    page = manual_page()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(page, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UserMistake(f"手册不能写到 {paths.short(folder)}（{cause_of(error)}），请换一个文件夹。") from error
    return file


def manual_page() -> str:
    """The whole page."""
    listed = "\n".join(
        f'<li value="{it.number}"><a href="#c{it.number}">{escape(it.title)}</a></li>' for it in chapters()
    )
    body = "\n".join(part for chapter in chapters() for part in _chapter(chapter))
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n<title>主题党日台账使用手册</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>主题党日台账使用手册</h1>\n<nav><ol>\n{listed}\n</ol></nav>\n{body}\n</body>\n</html>\n"
    )


def _chapter(chapter: Chapter) -> Iterator[str]:
    yield f'<section id="c{chapter.number}"{_CLASSES.get(chapter.title, "")}>\n<h2>{chapter.number}　{escape(chapter.title)}</h2>'
    for section in chapter.sections:
        if section.title != chapter.title:
            yield f"<h3>{escape(section.title)}</h3>"
        yield from _blocks(section.blocks)
    yield "</section>"


def _blocks(blocks: Sequence[Block]) -> Iterator[str]:
    """Neighbouring steps and items share one list; a step keeps its own number."""
    for kind, run in groupby(
        (block for block in blocks if block.kind is not BlockKind.BLANK), lambda block: block.kind
    ):
        if kind is BlockKind.STEP:
            steps = "\n".join(f'<li value="{block.mark}">{_words(block)}</li>' for block in run)
            yield f"<ol>\n{steps}\n</ol>"
        elif kind is BlockKind.ITEM:
            items = "\n".join(f"<li>{_words(block)}</li>" for block in run)
            yield f"<ul>\n{items}\n</ul>"
        elif kind is BlockKind.PICTURE:
            yield from (_figure(block) for block in run)
        else:
            tag = "h4" if kind is BlockKind.HEADING else "p"
            yield from (f"<{tag}>{_words(block)}</{tag}>" for block in run)


def _words(block: Block) -> str:
    text = _STRONG.sub(r"<b>\1</b>", escape(block.text))
    return _KEY.sub(lambda found: f'<b class="key">{found[0]}</b>', text)


def _figure(block: Block) -> str:
    """The picture itself, inside the page."""
    svg = (paths.manual() / block.mark).read_text("utf-8")
    return f"<figure>{svg}<figcaption>{escape(block.text)}</figcaption></figure>"
