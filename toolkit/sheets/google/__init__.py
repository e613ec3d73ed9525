"""The Google Sheets door, the only room that imports gspread; what needs gspread is imported from its own module."""

from toolkit.sheets.google.address import is_web_address, plain_address, sheet_id

__all__ = ["is_web_address", "plain_address", "sheet_id"]
