"""`python -m core.office.ready`: brings the store up to date before the server starts, or says why it cannot.

Exit status 2 and one sentence on the error output when a setting is unreadable or unsafe, or when the store is
newer than the programme, in use, or lies where SQLite is not safe.
"""

from __future__ import annotations

import os
import sys

from core import schema
from core.language.text import OFFERED, sentence
from core.store import config
from core.store.errors import Refused


def main() -> int:
    """Open the store once and let go of it."""
    try:
        settings = config.load()
        named = (os.environ.get("MENTORING_ADDRESS", "127.0.0.1"), os.environ.get("MENTORING_PROXIES", ""))
        config.require_private(*named, settings)
        schema.open_store(settings).close()
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except Refused as refusal:
        for language in OFFERED:
            sys.stderr.write(sentence(refusal, language) + "\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
