"""`python -m core.office.backup`: makes a copy of the store, also while the server runs.

Exit status 2 and one sentence on the error output when there is no copy to be had.
"""

from __future__ import annotations

import sys

from core.language.text import OFFERED, say, sentence
from core.office import copies
from core.store import clock, config
from core.store.backup.copies import Kind
from core.store.errors import Refused


def main() -> int:
    """Make the copy and say where it lies."""
    settings = config.load()
    try:
        copy = copies.add(settings.store, settings.backups, kind=Kind.DEMAND, at=clock.now())
    except Refused as refusal:
        for language in OFFERED:
            sys.stderr.write(sentence(refusal, language) + "\n")
        return 2
    for language in OFFERED:
        sys.stdout.write(say("office.copies.made", language, file=copy.file.resolve()) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
