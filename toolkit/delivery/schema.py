"""The tables of the journal, version by version."""

from typing import Final

_LETTERS: Final = (
    """
    CREATE TABLE letters (
        lane TEXT NOT NULL, key TEXT NOT NULL,
        campaign TEXT NOT NULL, occurrence TEXT NOT NULL, client TEXT NOT NULL,
        name TEXT NOT NULL, address TEXT NOT NULL, language TEXT NOT NULL, subject TEXT NOT NULL,
        words_id TEXT NOT NULL, expires TEXT NOT NULL, promotional INTEGER NOT NULL, body_hash TEXT NOT NULL,
        planned_on TEXT NOT NULL, state TEXT NOT NULL, channel TEXT NOT NULL,
        dated TEXT, retry_at TEXT, done_at TEXT, words TEXT NOT NULL,
        message BLOB,
        PRIMARY KEY (lane, key)
    )
    """,
    "CREATE INDEX letters_by_state ON letters (lane, state)",
    """
    CREATE TABLE runs (
        number INTEGER PRIMARY KEY, lane TEXT NOT NULL, as_of TEXT NOT NULL,
        started TEXT NOT NULL, ended TEXT NOT NULL, counts TEXT NOT NULL
    )
    """,
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
)
_OCCURRENCES: Final = (
    """
    CREATE TABLE occurrences (
        lane TEXT NOT NULL, job TEXT NOT NULL, name TEXT NOT NULL,
        due TEXT NOT NULL, until TEXT NOT NULL, turn TEXT NOT NULL,
        again TEXT, tries INTEGER NOT NULL, told INTEGER NOT NULL, words TEXT NOT NULL,
        PRIMARY KEY (lane, job, name)
    )
    """,
    "CREATE INDEX occurrences_by_turn ON occurrences (lane, turn)",
)
_SENDING: Final = (
    """
    CREATE TABLE tries (
        number INTEGER PRIMARY KEY, lane TEXT NOT NULL, key TEXT NOT NULL, place TEXT NOT NULL,
        at TEXT NOT NULL, state TEXT NOT NULL, sign TEXT NOT NULL
    )
    """,
    "CREATE INDEX tries_by_time ON tries (lane, at)",
    "CREATE INDEX tries_by_place ON tries (place)",
    "CREATE INDEX tries_by_key ON tries (lane, key)",
    """
    CREATE TABLE suppressed (
        number INTEGER PRIMARY KEY, client TEXT NOT NULL, place TEXT NOT NULL, day TEXT NOT NULL,
        why TEXT NOT NULL, lifted INTEGER NOT NULL
    )
    """,
)
_ROUTES: Final = (
    # Before this step a blank address meant that a person carries the letter; a forgotten client's is blank too.
    "ALTER TABLE letters ADD COLUMN route TEXT NOT NULL DEFAULT 'email'",
    "UPDATE letters SET route = 'person' WHERE address = '' AND channel != 'mail'",
    "ALTER TABLE tries ADD COLUMN channel TEXT NOT NULL DEFAULT ''",
    """
    UPDATE tries SET channel = coalesce(
        (SELECT its.channel FROM letters AS its WHERE its.lane = tries.lane AND its.key = tries.key), ''
    )
    """,
)
STEPS: Final = (_LETTERS, _OCCURRENCES, _SENDING, _ROUTES)
"""What each version of the layout adds to the one before."""
