"""How high LibreOffice would make the row of each text of some workbooks; run by the Python that has ``uno``.

usage: measure.py PIPE FILE.xlsx…  Prints JSON: {file: [[row from 1, text, height of the row, height that the text needs], …]}, in points.
Every text is set once more on an empty sheet, in a column as wide as the cell or the merged cells that it stands in.
"""

import json
import sys
import time

import uno
from com.sun.star.beans import PropertyValue

_POINT = 2540 / 72  # hundredths of a millimetre


def desktop(pipe):
    """The running LibreOffice, as soon as it answers."""
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
    for _ in range(100):
        try:
            found = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return found.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", found)
        except Exception:
            time.sleep(0.2)
    raise SystemExit("LibreOffice does not answer")


def texts_of(sheet):
    """(row, text, row height, width, cell) of every text of a sheet."""
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    for row in range(cursor.RangeAddress.EndRow + 1):
        for column in range(cursor.RangeAddress.EndColumn + 1):
            cell = sheet.getCellByPosition(column, row)
            text = cell.String
            if not text:
                continue
            merged = sheet.createCursorByRange(cell)
            merged.collapseToMergedArea()
            area = merged.RangeAddress
            width = sum(sheet.Columns.getByIndex(at).Width for at in range(area.StartColumn, area.EndColumn + 1))
            yield row, text, sheet.Rows.getByIndex(row).Height, width, cell


def measured(document):
    """What each text needs."""
    found = []
    for number in range(document.Sheets.Count):
        sheet = document.Sheets.getByIndex(number)
        texts = list(texts_of(sheet))
        document.Sheets.insertNewByName("量", document.Sheets.Count)
        scratch = document.Sheets.getByName("量")
        columns = {}
        for at, (_, text, _, width, cell) in enumerate(texts):
            column = columns.setdefault(width, len(columns))
            scratch.Columns.getByIndex(column).Width = width
            copy = scratch.getCellByPosition(column, at)
            copy.String = text
            for name in (
                "CharHeight",
                "CharFontName",
                "CharFontNameAsian",
                "CharHeightAsian",
                "CharWeight",
                "CharWeightAsian",
                "IsTextWrapped",
                "HoriJustify",
                "ParaIndent",
            ):
                setattr(copy, name, getattr(cell, name))
        scratch.Rows.OptimalHeight = True
        for at, (row, text, height, _, _) in enumerate(texts):
            needed = scratch.Rows.getByIndex(at).Height
            found.append([row + 1, text, round(height / _POINT, 1), round(needed / _POINT, 1)])
        document.Sheets.removeByName("量")
    return found


def main():
    """Measure every file."""
    office = desktop(sys.argv[1])
    hidden = PropertyValue()
    hidden.Name, hidden.Value = "Hidden", True
    told = {}
    for path in sys.argv[2:]:
        document = office.loadComponentFromURL(uno.systemPathToFileUrl(path), "_blank", 0, (hidden,))
        told[path] = measured(document)
        document.close(True)
    print(json.dumps(told, ensure_ascii=False))
    office.terminate()


if __name__ == "__main__":
    main()
