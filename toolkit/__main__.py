"""`python -m toolkit` is the command `sheetclerk`."""

from toolkit.cli import main

main()
