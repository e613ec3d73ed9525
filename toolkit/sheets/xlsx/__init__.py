"""The .xlsx door; `maker.make_workbook`, which needs openpyxl, is imported from its own module."""

from toolkit.sheets.new_tab import NewColumn, NewTab
from toolkit.sheets.xlsx.reader import read_tabs
from toolkit.sheets.xlsx.workbook import XlsxWorkbook

__all__ = ["NewColumn", "NewTab", "XlsxWorkbook", "read_tabs"]
