"""How the bench comes in: the store that the measured server works on, and a cookie that opens its door."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def environment(folder: Path) -> dict[str, str]:
    """What tells the server to keep its store in this folder."""
    return {"MENTORING_DATA": str(folder)}


def sign_in(folder: Path) -> str:
    """Make a store with people in it in this folder; returns the Cookie header of a member of staff.

    It is called before the server starts. Without a page in limits.toml nobody need come in.
    """
    folder.mkdir(parents=True)
    return ""
