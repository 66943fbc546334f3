"""Spreadsheets in and out: the only room that knows openpyxl and python-calamine."""
