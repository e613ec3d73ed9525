"""Workbooks: an .xlsx file, a folder of .csv tabs, a Google Sheet, memory."""
