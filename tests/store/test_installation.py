"""Where the store lies, what the operator decides, and what the log may say."""

from __future__ import annotations

import logging
import re
import stat
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from core import schema
from core.store import config, database, log
from core.store.config import Config
from core.store.errors import StoreInUse, UnsafePlace
from core.store.instance import refuse_unsafe_place
from tests.make import PASSWORD


def test_a_second_process_on_the_same_store_is_refused(tmp_path: Path) -> None:
    first = schema.open_store(Config(data=tmp_path))
    with pytest.raises(StoreInUse):
        schema.open_store(Config(data=tmp_path))
    first.close()
    schema.open_store(Config(data=tmp_path)).close()


@pytest.mark.parametrize("folder", ["OneDrive - Unimi", "Dropbox", "Google Drive"])
def test_a_synchronised_folder_is_refused(tmp_path: Path, folder: str) -> None:
    with pytest.raises(UnsafePlace):
        refuse_unsafe_place(tmp_path / folder / "mentoring.db")


def test_the_environment_goes_before_the_file_and_the_file_before_the_default(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('public_url = "https://file.example"\nbcrypt_rounds = 5\n')
    chosen = config.load({"MENTORING_DATA": str(tmp_path), "MENTORING_BCRYPT_ROUNDS": "4"})
    assert chosen == Config(data=tmp_path, public_url="https://file.example", bcrypt_rounds=4)
    assert config.load({}) == Config()


def test_an_unknown_setting_is_named(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("colour = 1\n")
    with pytest.raises(ValueError, match="colour"):
        config.load({"MENTORING_DATA": str(tmp_path)})


MAILING = {"MENTORING_SMTP_HOST": "smtp.unimi.example", "MENTORING_MAIL_FROM": "mentoring@unimi.example"}


def test_the_mail_server_is_set_by_the_environment_or_by_a_file_of_the_owners_alone(tmp_path: Path) -> None:
    here = {"MENTORING_DATA": str(tmp_path)}
    assert not config.load(here).mails
    assert config.load(here | MAILING).mails
    file = tmp_path / "config.toml"
    file.write_text(
        'smtp_host = "smtp.unimi.example"\nmail_from = "a@unimi.example"\nsmtp_port = 2525\nsmtp_user = "u"\n'
    )
    with_password = config.load(here | {"MENTORING_SMTP_PASSWORD": PASSWORD, "MENTORING_MAILS_PER_MINUTE": "5"})
    assert (with_password.smtp_port, with_password.smtp_password, with_password.mails_per_minute) == (2525, PASSWORD, 5)
    assert PASSWORD not in repr(with_password)
    file.write_text(file.read_text() + f'smtp_password = "{PASSWORD}"\n')
    file.chmod(0o600)
    assert config.load(here) == replace(with_password, mails_per_minute=30)


@pytest.mark.skipif(sys.platform == "win32", reason="rights as POSIX has them")
def test_a_file_with_a_password_that_others_can_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(
        f'smtp_host = "s.example"\nmail_from = "a@b.example"\nsmtp_user = "u"\nsmtp_password = "{PASSWORD}"\n'
    )
    file.chmod(0o640)
    with pytest.raises(ValueError, match="chmod 600") as told:
        config.load({"MENTORING_DATA": str(tmp_path)})
    assert PASSWORD not in str(told.value)


@pytest.mark.parametrize(
    ("setting", "value", "told"),
    [
        ("SMTP_SECURITY", "ssl", "SMTP_SECURITY must be one of starttls, tls, none"),
        ("SMTP_SECURITY", "none", "smtp.unimi.example would be sent people's mail and the password in the clear"),
        ("SMTP_PORT", "mail", "SMTP_PORT: mail must be a whole number"),
        ("SMTP_PORT", "70000", "SMTP_PORT must be a port"),
        ("SMTP_HOST", "https://smtp.unimi.example", "SMTP_HOST must be the name or the address"),
        ("SMTP_USER", "u", "SMTP_PASSWORD is needed beside a user"),
        ("SMTP_PASSWORD", PASSWORD, "SMTP_USER is needed beside a password"),
        ("MAIL_FROM", "", "MAIL_FROM is needed as well"),
        ("MAIL_FROM", "a@b.example, c@d.example", "must be one mail address"),
        ("MAIL_FROM", "a@b.example\r\nBcc: c@d.example", "must be one mail address"),
        ("MAIL_FROM_NAME", "Mentoring\nBcc: c@d.example", "MAIL_FROM_NAME must be one line"),
        ("MAIL_REPLY_TO", "nobody", "must be one mail address"),
        ("MAILS_PER_MINUTE", "0", "MAILS_PER_MINUTE must be between 1 and 1000"),
    ],
)
def test_mail_settings_that_cannot_serve_are_named_at_the_start(setting: str, value: str, told: str) -> None:
    with pytest.raises(ValueError, match=re.escape(told)) as refused:
        config.load(MAILING | {f"MENTORING_{setting}": value})
    assert PASSWORD not in str(refused.value)


def test_mail_goes_unencrypted_to_this_very_machine_only() -> None:
    for host in ("localhost", "127.0.0.1", "::1"):
        assert config.load(MAILING | {"MENTORING_SMTP_HOST": host, "MENTORING_SMTP_SECURITY": "none"}).mails


def test_the_readme_names_every_setting() -> None:
    readme = (Path(config.__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    assert [name for name in Config.__slots__ if f"`MENTORING_{name.upper()}`" not in readme] == []


def test_the_secret_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    first = Config(data=tmp_path).secret()
    assert len(first) == 32
    assert Config(data=tmp_path).secret() == first
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600


@pytest.mark.skipif(sys.platform == "win32", reason="rights as POSIX has them")
def test_only_the_owner_reads_the_store_and_what_lies_beside_it(tmp_path: Path) -> None:
    store = schema.open_store(Config(data=tmp_path))
    assert {file.name: oct(file.stat().st_mode & 0o077) for file in tmp_path.glob("mentoring.db*")} == {
        "mentoring.db": "0o0",
        "mentoring.db-wal": "0o0",
        "mentoring.db-shm": "0o0",
    }
    store.close()


def test_a_damaged_secret_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_bytes(b"")
    with pytest.raises(ValueError, match="is damaged"):
        Config(data=tmp_path).secret()


def test_the_log_tells_where_an_error_was_and_never_about_whom(tmp_path: Path) -> None:
    log.start(tmp_path)
    try:
        int(f"giulia.rossi@studenti.unimi.example {PASSWORD}")
    except ValueError as error:
        code = log.report(error)
    log.note("mail to giulia.rossi@studenti.unimi.example")
    logging.getLogger("mentoring").handlers[0].flush()
    written = (tmp_path / "mentoring.log").read_text()
    log.stop()

    assert code in written
    assert "ValueError" in written
    assert "test_installation.py" in written
    assert "giulia" not in written
    assert PASSWORD not in written


def test_no_session_is_open_outside_the_two_doors(tmp_path: Path) -> None:
    store = schema.open_store(Config(data=tmp_path))
    database.use(store)
    with database.reading():
        pass
    assert store.engine.pool.checkedout() == 0  # pyright: ignore[reportAttributeAccessIssue] - the pool of a file store
    database.use(None)
