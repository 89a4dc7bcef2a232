"""What the operator decides: from the environment, else from `config.toml` in the data folder, else a default."""

from __future__ import annotations

import ipaddress
import os
import re
import secrets
import sys
import tomllib
from contextlib import suppress
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX = "MENTORING_"
SECRET_BYTES = 32
MAIL = re.compile(r"[^@\s<>\"]+@[^@\s<>\"]+")
LOGOS = ("logo.png", "logo.jpg")
LINKS = ("accessibility_url", "privacy_url", "feedback")
PORTS = {"starttls": 587, "tls": 465, "none": 25}
"""How mail may be handed over, each with its usual port."""
LISTS = frozenset(",;:()[]\\")
"""Signs by which one mail address could be read as several."""
OTHERS_READ = 0o077
MOST_A_MINUTE = 1000


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
    smtp_host: str = ""
    """The mail server; without one the programme sends nothing by itself."""
    smtp_port: int = 0
    """Its port; 0 for the usual one."""
    smtp_security: str = "starttls"
    """How mail is handed over: a key of `PORTS`."""
    smtp_user: str = ""
    smtp_password: str = field(default="", repr=False)
    mail_from: str = ""
    """The address that mail comes from, and to which the undeliverable returns."""
    mail_from_name: str = ""
    mail_reply_to: str = ""
    """Where answers go when not to `mail_from`."""
    mails_per_minute: int = 30
    """How many are handed over at most."""

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
    def mails(self) -> bool:
        """Whether the programme can send mail by itself."""
        return bool(self.smtp_host and self.mail_from)

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
        data=data, **{name: _typed(name, value, getattr(default, name)) for name, value in chosen.items()}
    )
    _require_own(file, written)
    _require_safe(settings)
    _require_mailing(settings)
    return settings


def _typed(name: str, value: object, default: object) -> Any:  # noqa: ANN401 - of the setting's own type
    """The setting as a text or a number; what is empty counts as not set."""
    if value is None or value == "":
        return default
    try:
        return int(str(value)) if isinstance(default, int) else str(value)
    except ValueError:
        raise ValueError(f"{PREFIX}{name.upper()}: {value} must be a whole number") from None


def _require_own(file: Path, written: Mapping[str, object]) -> None:
    """Raise ValueError when others on the machine could read the mail server's password."""
    if written.get("smtp_password") and sys.platform != "win32" and file.stat().st_mode & OTHERS_READ:
        raise ValueError(
            f"{file} holds a password and others can read it: allow it to its owner only (chmod 600 {file}), "
            f"or set {PREFIX}SMTP_PASSWORD instead"
        )


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


def _require_mailing(settings: Config) -> None:
    """Raise ValueError for mail settings that contradict each other, or would send mail over a network in the clear."""
    for broken, name, why in (
        (settings.smtp_security not in PORTS, "smtp_security", f"must be one of {', '.join(PORTS)}"),
        (not 0 <= settings.smtp_port < 1 << 16, "smtp_port", "must be a port, from 1 to 65535"),
        (not 1 <= settings.mails_per_minute <= MOST_A_MINUTE, "mails_per_minute", "must be between 1 and 1000"),
        (bool(settings.smtp_host) and not settings.mail_from, "mail_from", "is needed as well: the sender's address"),
        (bool(settings.smtp_password) and not settings.smtp_user, "smtp_user", "is needed beside a password"),
        (bool(settings.smtp_user) and not settings.smtp_password, "smtp_password", "is needed beside a user"),
        (not (settings.smtp_user + settings.smtp_password).isascii(), "smtp_password", "and the user must be ASCII"),
        (not _is_host(settings.smtp_host), "smtp_host", "must be the name or the address of a mail server"),
        (_breaks_a_line(settings.mail_from_name), "mail_from_name", "must be one line"),
    ):
        if broken:
            raise ValueError(f"{PREFIX}{name.upper()} {why}")
    for name in ("mail_from", "mail_reply_to"):
        mail = str(getattr(settings, name))
        if mail and not (MAIL.fullmatch(mail) and mail.isascii() and mail.isprintable() and not set(mail) & LISTS):
            raise ValueError(f"{PREFIX}{name.upper()}: {mail} must be one mail address")
    if settings.smtp_host and settings.smtp_security == "none" and not is_own(settings.smtp_host):
        raise ValueError(
            f"{PREFIX}SMTP_SECURITY: none is for a mail server on this machine only; {settings.smtp_host} would be "
            "sent people's mail and the password in the clear. Choose starttls or tls."
        )


def _is_host(host: str) -> bool:
    return re.fullmatch(r"[A-Za-z0-9.:\[\]-]*", host) is not None


def _breaks_a_line(text: str) -> bool:
    return any(sign < " " or sign == "\x7f" for sign in text)


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
