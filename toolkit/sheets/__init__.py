"""The doors to where rows live: a file, a folder of .csv tabs, a Google Sheet, memory."""
