"""Google Sheets as workbooks.

What needs gspread is imported from its own module, since gspread takes 0.6 s to load.
"""

from toolkit.sheets.google.address import is_web_address, plain_address, sheet_id

__all__ = ["is_web_address", "plain_address", "sheet_id"]
