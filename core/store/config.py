"""What the operator decides: from the environment, else from `config.toml` in the data folder, else a default."""

from __future__ import annotations

import os
import secrets
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX = "MENTORING_"


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of one installation; each is the environment's `MENTORING_<NAME>` or a line of config.toml."""

    data: Path = Path("data")
    """Folder of the store, the logs and the secret."""
    public_url: str = ""
    """The address that people type, when it is not this machine's own."""
    bcrypt_rounds: int = 12
    """Cost of a password's hash, as a power of two."""

    @property
    def store(self) -> Path:
        """The SQLite file."""
        return self.data / "mentoring.db"

    @property
    def backups(self) -> Path:
        """Folder of the store's copies."""
        return self.data / "backups"

    @property
    def logs(self) -> Path:
        """Folder of the rotating log."""
        return self.data / "logs"

    @property
    def secure(self) -> bool:
        """Whether people reach the programme by https, so that cookies must be Secure."""
        return self.public_url.startswith("https://")

    def secret(self) -> bytes:
        """The installation's secret of 32 bytes, made on first use and readable by its owner only."""
        place = self.data / "secret.key"
        if not place.exists():
            self.data.mkdir(parents=True, exist_ok=True)
            handle = os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(secrets.token_bytes(32))
        return place.read_bytes()


def load(environment: Mapping[str, str] | None = None) -> Config:
    """The installation's configuration; raises ValueError naming an unknown or unreadable setting."""
    environment = os.environ if environment is None else environment
    data = Path(environment.get(f"{PREFIX}DATA", "data"))
    file = data / "config.toml"
    written = tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    known = {field.name for field in fields(Config)} - {"data"}
    if unknown := written.keys() - known:
        raise ValueError(f"{file}: unknown setting {', '.join(sorted(unknown))}")
    chosen = {name: environment.get(PREFIX + name.upper(), written.get(name)) for name in known}
    default = Config()
    return Config(
        data=data,
        public_url=str(chosen["public_url"] or default.public_url),
        bcrypt_rounds=int(chosen["bcrypt_rounds"] or default.bcrypt_rounds),
    )
