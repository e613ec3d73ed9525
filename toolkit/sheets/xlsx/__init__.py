"""Workbooks in .xlsx files.

`maker` is imported from its own module, since openpyxl takes 0.5 s to load.
"""

from toolkit.sheets.new_tab import NewColumn, NewTab
from toolkit.sheets.xlsx.reader import read_tabs
from toolkit.sheets.xlsx.workbook import XlsxWorkbook

__all__ = ["NewColumn", "NewTab", "XlsxWorkbook", "read_tabs"]
