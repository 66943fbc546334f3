"""``make forms-check``: prints every form of the demo to PDF and says what is on too many pages or cut off.

A text is cut where it is not in the PDF, or where LibreOffice itself would make its row higher; a number where it is printed as ###. The fonts of Windows are stood for by
``fonts.conf``, whose lines are a little higher than theirs.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from partyday_tui.clock import Clock
from partyday_tui.rules.form_kinds import FORMS
from partyday_tui.services import forms
from partyday_tui.services.demo import DEMO_DAY, make_demo, open_demo

PAGES = {
    "roster": 2,
    "dues-assessment": 2,
    "dues-register": 3,
    "dues-month": 2,
    "dues-publication": 3,
    "self-check": 11,
    "leave-summary": 4,
    "cases": 7,
    "make-up": 7,
    "attendance": 2,
    "attendance-rates": 7,
}
"""How many pages a form of the demo takes; one where it is not named."""

EVENTS = {"change-request": "2026-08-14"}
NEEDED = ("soffice", "pdftotext", "pdfinfo")
_SPARE = 1.5  # points
_PYTHON = "/usr/bin/python3"  # the one that the system's LibreOffice brings its module for
_FONTS = Path(__file__).with_name("fonts.conf")


def main() -> int:
    """Check every form; returns 1 where something is wrong, 2 where a program is missing."""
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if subprocess.run([_PYTHON, "-c", "import uno"], capture_output=True, check=False).returncode:
        missing.append("python3-uno")
    if missing:
        print(
            f"forms-check 需要 {'、'.join(missing)}（apt-get install libreoffice-calc python3-uno poppler-utils fonts-noto-cjk）"
        )
        return 2
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        written = export_all(folder)
        convert(folder / "pdf", written.values(), "pdf", folder)
        heights = measure(written.values(), folder)
        faults = [fault for key, path in written.items() for fault in faults_of(key, path, folder, heights[str(path)])]
    for fault in faults:
        print(fault)
    print(f"{len(written)} 张表格，{len(faults)} 处有误")
    return int(bool(faults))


def export_all(folder: Path) -> dict[str, Path]:
    """Every form of the demo, in every variant; by ``key`` or ``key/variant``."""
    make_demo(folder / "demo.db", Clock(DEMO_DAY))
    book = open_demo(folder / "demo.db", Clock(DEMO_DAY))
    written = {}
    for kind in FORMS:
        period = ""
        if kind.periods:
            at = {
                "event": EVENTS.get(kind.key, "2026-09-04"),
                "month": "2026-09",
                "year": "2026",
                "leave": "1",
                "member": "罗有秀",
            }
            period = at[kind.periods[0]]
        for variant in [it.key for it in kind.variants] or [""]:
            asked = forms.asked_for(book, kind.key, period, variant)
            written[f"{kind.key}/{variant}".rstrip("/")] = forms.export_form(book, asked, folder / "xlsx")
    book.close()
    return written


def convert(target: Path, files, form: str, profile: Path) -> None:
    """All files in one run of LibreOffice."""
    command = ["soffice", f"-env:UserInstallation=file://{profile}/profile", "--headless", "--convert-to", form]
    subprocess.run(
        [*command, "--outdir", str(target), *map(str, files)],
        check=True,
        capture_output=True,
        env={**os.environ, "FONTCONFIG_FILE": str(_FONTS)},
    )


def measure(files, profile: Path) -> dict[str, list]:
    """What `measure.py` says of the files, by path."""
    office = subprocess.Popen(
        ["soffice", f"-env:UserInstallation=file://{profile}/profile", "--headless", "--norestore",
         f"--accept=pipe,name={profile.name};urp;"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "FONTCONFIG_FILE": str(_FONTS)},
    )  # fmt: skip
    try:
        script = str(Path(__file__).with_name("measure.py"))
        done = subprocess.run(
            [_PYTHON, script, profile.name, *map(str, files)], check=True, capture_output=True, text=True
        )
        return json.loads(done.stdout)
    finally:
        office.terminate()
        office.wait()


def faults_of(key: str, path: Path, folder: Path, heights) -> list[str]:
    """What is wrong with one form, a sentence each."""
    pdf = folder / "pdf" / f"{path.stem}.pdf"
    told = subprocess.run(["pdfinfo", str(pdf)], check=True, capture_output=True, text=True).stdout
    pages = int(re.search(r"Pages:\s+(\d+)", told)[1])
    wanted = PAGES.get(key.partition("/")[0], 1)
    faults = [] if pages == wanted else [f"{path.name}：{pages} 页，应是 {wanted} 页"]
    printed = _bare(
        subprocess.run(["pdftotext", "-raw", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    )
    faults += [f"{path.name}：有数字印成了 ###"] if "###" in printed else []
    for sheet in load_workbook(path).worksheets:
        faults += [f"{path.name}：没有印出「{text}」" for text in _texts(sheet) if _bare(text) not in printed]
    return faults + [
        f"{path.name}：第 {row} 行高 {ours}，「{text[:20]}」要 {theirs}"
        for row, text, ours, theirs in heights
        if ours + _SPARE < theirs
    ]


def _texts(sheet: Worksheet) -> list[str]:
    return [
        line
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
        for line in cell.value.split("\n")
    ]


def _bare(text: str) -> str:
    """A text without blanks and page furniture, as lines are broken anywhere."""
    return re.sub(r"[\s\u3000\xa0]+", "", text)


if __name__ == "__main__":
    sys.exit(main())
