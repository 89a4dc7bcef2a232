"""`python -m core.office.ready`: brings the store up to date before the server starts, or says why it cannot.

Exit status 2 and one sentence on the error output when the store is newer than the programme, in use, or
lies where SQLite is not safe.
"""

from __future__ import annotations

import sys

from core import schema
from core.language.text import OFFERED, sentence
from core.store import config
from core.store.errors import Refused


def main() -> int:
    """Open the store once and let go of it."""
    try:
        schema.open_store(config.load()).close()
    except Refused as refusal:
        for language in OFFERED:
            sys.stderr.write(sentence(refusal, language) + "\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
