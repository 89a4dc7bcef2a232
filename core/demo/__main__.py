"""`python -m core.demo`: builds the fictional edition where it is due, and prints who can sign in.

The folder is `MENTORING_DATA`, never the usual one. Exit status 2 and one sentence on the error output when it
could not be built.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import replace

from core import schema
from core.demo import folder
from core.demo.building import build
from core.demo.dates import Until
from core.language.text import OFFERED, sentence
from core.office import copies
from core.store import clock, config, database
from core.store.backup.copies import Kind
from core.store.errors import Refused


def main(arguments: list[str] | None = None) -> int:
    """Build unless the same was built today."""
    asked = _parser().parse_args(arguments)
    settings = config.load()
    wanted = folder.Stamp(asked.until, asked.seed, clock.today().isoformat())
    there = folder.read(settings.data)
    try:
        if there is None or not (there.whole and there.same(wanted) and settings.store.exists()):
            sys.stdout.write("Building the fictional edition: less than a minute.\n")
            sys.stdout.flush()
            there = _built(settings, wanted)
    except Refused as refusal:
        for language in OFFERED:
            sys.stderr.write(sentence(refusal, language) + "\n")
        return 2
    _tell(there)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="start.py demo", description="Build the fictional edition.", allow_abbrev=False
    )
    parser.add_argument("--until", choices=[one.value for one in Until], default=Until.MENTORING.value)
    parser.add_argument("--seed", type=int, default=1)
    return parser


def _built(settings: config.Config, wanted: folder.Stamp) -> folder.Stamp:
    begun = time.perf_counter()
    folder.make_room(settings, wanted)
    database.use(schema.open_store(settings))
    try:
        accesses = build(Until(wanted.until), seed=wanted.seed, now=clock.now(), rounds=settings.bcrypt_rounds)
        copies.add(settings.store, settings.backups, kind=Kind.DAILY, at=clock.now())
    finally:
        database.use(None)
    done = replace(wanted, whole=True, accesses=accesses)
    folder.write(settings.data, done)
    sys.stdout.write(f"Built in {time.perf_counter() - begun:.0f} s: {settings.store.resolve()}\n")
    return done


def _tell(stamp: folder.Stamp) -> None:
    sys.stdout.write(f"\nThe fictional edition of {stamp.day}, until: {stamp.until}, seed {stamp.seed}.\n\n")
    for one in stamp.accesses:
        sys.stdout.write(f"  {one.mail:<28} {one.password:<30} {', '.join(one.roles)}\n")
    sys.stdout.write("\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
