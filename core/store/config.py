"""What the operator decides: from the environment, else from `config.toml` in the data folder, else a default."""

from __future__ import annotations

import ipaddress
import os
import re
import secrets
import tomllib
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX = "MENTORING_"
SECRET_BYTES = 32
MAIL = re.compile(r"[^@\s<>\"]+@[^@\s<>\"]+")
LOGOS = ("logo.png", "logo.jpg")
LINKS = ("accessibility_url", "privacy_url", "feedback")


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of one installation; each is the environment's `MENTORING_<NAME>` or a line of config.toml."""

    data: Path = Path("data")
    """Folder of the store, the logs and the secret."""
    public_url: str = ""
    """The address that people type, when it is not this machine's own."""
    bcrypt_rounds: int = 12
    """Cost of a password's hash, as a power of two."""
    accessibility_url: str = ""
    """The accessibility declaration, linked below every page."""
    privacy_url: str = ""
    """The privacy notice, linked below every page."""
    feedback: str = ""
    """Where people tell what does not work: a mail address, or a page."""

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
    def logo(self) -> Path | None:
        """The logo above the navigation and on papers: logo.png or logo.jpg in the data folder, when there is one."""
        return next((file for name in LOGOS if (file := self.data / name).is_file()), None)

    @property
    def secure(self) -> bool:
        """Whether people reach the programme by https, so that cookies must be Secure."""
        return self.public_url.startswith("https://")

    @property
    def public_host(self) -> str:
        """Name and port of the address that people type; nothing when it is this machine's own."""
        return urlsplit(self.public_url).netloc.lower()

    @property
    def base(self) -> str:
        """The path below which people find the programme, without a slash at its end: `/mentoring`, or nothing."""
        return urlsplit(self.public_url).path.rstrip("/")

    def secret(self) -> bytes:
        """The installation's secret of 32 bytes, made on first use and readable by its owner only.

        Raises ValueError for a file that holds anything else: what is made with it must not be guessable.
        """
        place = self.data / "secret.key"
        if not place.exists():
            self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
            with suppress(FileExistsError):
                self._make_secret(place)
        held = place.read_bytes()
        if len(held) != SECRET_BYTES:
            raise ValueError(f"{place} is damaged: put back the one that was kept safe, or delete it to begin anew")
        return held

    def _make_secret(self, place: Path) -> None:
        """Write it aside first: the file is there with all its bytes, or not at all."""
        aside = place.with_suffix(f".{secrets.token_hex(4)}")
        handle = os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(SECRET_BYTES))
            file.flush()
            os.fsync(file.fileno())
        aside.rename(place)


def load(environment: Mapping[str, str] | None = None) -> Config:
    """The installation's configuration; raises ValueError naming an unknown, unreadable or unsafe setting."""
    environment = os.environ if environment is None else environment
    data = Path(environment.get(f"{PREFIX}DATA", "data"))
    file = data / "config.toml"
    written = tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    known = {field.name for field in fields(Config)} - {"data"}
    if unknown := written.keys() - known:
        raise ValueError(f"{file}: unknown setting {', '.join(sorted(unknown))}")
    chosen = {name: environment.get(PREFIX + name.upper(), written.get(name)) for name in known}
    default = Config()
    settings = Config(
        data=data,
        public_url=str(chosen["public_url"] or default.public_url),
        bcrypt_rounds=int(chosen["bcrypt_rounds"] or default.bcrypt_rounds),
        **{name: str(chosen[name] or "") for name in LINKS},
    )
    _require_safe(settings)
    return settings


def is_own(address: str) -> bool:
    """Whether this name or address means the machine itself, so that nobody else hears what is said there."""
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return address == "localhost"


def _require_safe(settings: Config) -> None:
    """Raise ValueError for what would send passwords over a network in the clear, or cannot be an address."""
    url = urlsplit(settings.public_url)
    if settings.public_url and not (
        url.hostname and (url.scheme == "https" or (url.scheme == "http" and is_own(url.hostname)))
    ):
        raise ValueError(f"{PREFIX}PUBLIC_URL: {settings.public_url} must be an address that begins with https://")
    for name in LINKS:
        link = str(getattr(settings, name))
        if link and not (_is_page(link) or (name == "feedback" and MAIL.fullmatch(link))):
            kinds = "a mail address, or the address of a page" if name == "feedback" else "the address of a page"
            raise ValueError(f"{PREFIX}{name.upper()}: {link} must be {kinds} that begins with https://")
    if url.query or url.fragment or url.username:
        raise ValueError(f"{PREFIX}PUBLIC_URL: {settings.public_url} may hold a host, a port and a path, no more")


def _is_page(link: str) -> bool:
    parts = urlsplit(link)
    return parts.scheme in {"https", "http"} and bool(parts.hostname)


def require_private(address: str, proxies: str, settings: Config) -> None:
    """Raise ValueError for a server that others could reach past the address that people type, or lie to.

    `address` is where it listens, `proxies` whose word on a visitor's address it believes (uvicorn's
    FORWARDED_ALLOW_IPS: addresses and networks, parted by commas).
    """
    if not is_own(address) and not settings.public_url:
        raise ValueError(
            f"The server would listen at {address or 'every address'}, for other machines too, without encryption. "
            f"Put a proxy with https before it and name the address that people type: {PREFIX}PUBLIC_URL."
        )
    for proxy in filter(None, (part.strip() for part in proxies.split(","))):
        try:
            ipaddress.ip_network(proxy)
        except ValueError:
            raise ValueError(f"{PREFIX}PROXIES: {proxy} is neither an address nor a network") from None
