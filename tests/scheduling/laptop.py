"""A laptop as a process of its own: python laptop.py FOLDER MOMENT WORDS... types a command at a moment."""

import os
import sys
from datetime import datetime
from pathlib import Path

import toolkit
from toolkit.cli import main

if __name__ == "__main__":
    os.chdir(Path(sys.argv[1]))
    clock = toolkit.FixedClock(datetime.fromisoformat(sys.argv[2]))
    main(sys.argv[3:], obj=clock)
