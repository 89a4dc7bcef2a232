"""The recipes of README.md in the real nginx and Caddy: TLS, a base path, and nothing that the proxy opens again."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from http.client import HTTPSConnection
from typing import TYPE_CHECKING, NamedTuple

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from playwright.sync_api import expect
from sqlmodel import Session, col, select
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

import start
from core.accounts import door
from core.accounts.models import SignIn
from core.language.text import Language
from core.store import clock
from core.store.database import make_engine
from pages.door.headers import HTTPS_FROM_NOW_ON, SAFETY
from pages.shared.registry import ROOT
from tests.bench.served import served
from tests.bench.staff import MAIL, PASSWORD, environment, sign_in
from tests.browser.walk import person

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.client import HTTPResponse
    from pathlib import Path

    from sqlalchemy.engine import Engine

    from tests.browser.walk import Person

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HOST, BASE = "localhost", "/mentoring"
NAME_IN_README, APP_IN_README, FILES_IN_README = "mentoring.example.it", "127.0.0.1:8501", "/etc/ssl/mentoring"
VISITOR, FORGED = "127.0.0.2", "203.0.113.9"
"""Where a visitor comes from who is no proxy, and where he says that he comes from."""
MEGABYTE = 1024 * 1024

# What a machine has around the recipe: where the programs keep their own files, so that they touch no system's.
AROUND_NGINX = """
daemon off;
{user}
pid {folder}/pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/recipe;
}}
"""
AROUND_CADDY = "{{\n\tadmin off\n\tauto_https disable_redirects\n}}\nimport {folder}/recipe\n"


class Site(NamedTuple):
    """What people reach: the port of the proxy, the folder of the installation, and who vouches for the certificate."""

    port: int
    app_port: int
    folder: Path

    @property
    def origin(self) -> str:
        """As a browser says it."""
        return f"https://{HOST}:{self.port}"

    @property
    def trusting(self) -> ssl.SSLContext:
        """TLS as a browser does it that knows our certificate."""
        return ssl.create_default_context(cafile=str(self.folder / "site.crt"))

    @property
    def engine(self) -> Engine:
        """The store of the server at work."""
        return make_engine(self.folder / "data" / "mentoring.db")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The programme, waiting behind a port where a proxy will stand."""
    folder = tmp_path_factory.mktemp("proxies")
    write_certificate(folder)
    sign_in(folder / "data")
    port = free_port()
    told = {
        **environment(folder / "data"),
        "MENTORING_PUBLIC_URL": f"https://{HOST}:{port}{BASE}",
        "MENTORING_PROXIES": start.HOST,
    }
    with served(ROOT / "app.py", folder / "log", told) as app:
        yield Site(port, app.port, folder)


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def proxy(site: Site, request: pytest.FixtureRequest) -> Iterator[str]:
    """One of the proxies at work with the recipe of README.md."""
    program = shutil.which(request.param, path=os.environ.get("PATH", "") + ":/usr/sbin")
    if program is None:
        pytest.skip(f"no {request.param} on this machine")
    folder = site.folder / request.param
    folder.mkdir()
    (folder / "recipe").write_text(recipe(request.param, site), encoding="utf-8")
    with running(program, folder, site.port):
        yield request.param


def recipe(program: str, site: Site) -> str:
    """The block of README.md for this program, with the names of this machine."""
    kind = {"nginx": "nginx", "caddy": "caddyfile"}[program]
    (block,) = re.findall(
        rf"^```{kind}\n(.*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    named = f"{HOST}:{site.port}" if program == "caddy" else HOST
    replaced = {
        NAME_IN_README: named,
        APP_IN_README: f"{start.HOST}:{site.app_port}",
        FILES_IN_README: str(site.folder / "site"),
        "listen 443 ": f"listen {site.port} ",
    }
    for ours, theirs in replaced.items():
        assert ours in block or (program, ours) == ("caddy", "listen 443 ")
        block = block.replace(ours, theirs)
    return block


@contextmanager
def running(program: str, folder: Path, port: int) -> Iterator[None]:
    """The proxy, from its first answer until the end of the block."""
    around = AROUND_NGINX if program.endswith("nginx") else AROUND_CADDY
    user = "user root;" if os.name == "posix" and os.geteuid() == 0 else ""
    (folder / "main").write_text(around.format(folder=folder, user=user), encoding="utf-8")
    command = ["-c", str(folder / "main"), "-e", str(folder / "error.log")]
    if not program.endswith("nginx"):
        command = ["run", "--config", str(folder / "main"), "--adapter", "caddyfile"]
    own = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen([program, *command], env=own, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
    try:
        for _ in range(200):
            assert process.poll() is None, (folder / "said").read_text(encoding="utf-8")
            with socket.socket() as probe:
                if probe.connect_ex((start.HOST, port)) == 0:
                    break
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(10)


def write_certificate(folder: Path) -> None:
    """A certificate for this machine's name that vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "site.key").write_bytes(key.private_bytes(serialization.Encoding.PEM, *plain))
    (folder / "site.crt").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((start.HOST, 0))
        return probe.getsockname()[1]


def ask(
    site: Site, method: str, path: str, *, body: bytes = b"", headers: dict[str, str] | None = None
) -> tuple[HTTPResponse, bytes]:
    """One request from a machine that is no proxy."""
    with closing(
        HTTPSConnection(HOST, site.port, timeout=20, context=site.trusting, source_address=(VISITOR, 0))
    ) as connection:
        connection.request(method, path, body=body, headers=headers or {})
        answer = connection.getresponse()
        return answer, answer.read()


def test_people_sign_in_through_the_proxy_and_stay_where_they_wanted(proxy, site, chromium, tmp_path) -> None:
    where = f"{site.origin}{BASE}"
    with person(chromium, where, Language.ITALIAN, failed=tmp_path / "failed.png", own_certificate=True) as anna:
        anna.page.goto(f"{where}/")
        anna.sees(anna.says("accounts.sign_in.title"))
        anna.page.goto(f"{where}/applicants")
        enter(anna)
        anna.sees(anna.says("intake.applicants.empty"))
        assert anna.page.url.partition("?")[0] == f"{where}/applicants"
        anna.page.reload()
        anna.sees(anna.says("intake.applicants.empty"))
        held = {one["name"]: one for one in anna.page.context.cookies() if one["name"].startswith("__Host-")}
        assert set(held) >= {"__Host-mentoring", "__Host-mentoring_visit"}
        assert all(one["secure"] and one["httpOnly"] and one["path"] == "/" for one in held.values())
        upload(anna, where)
        anna.press("Anna Bianchi")
        anna.press(anna.says("accounts.sign_out"))
        anna.sees(anna.says("accounts.sign_in.title"))
        expect(anna.page).to_have_url(re.compile(rf"^{re.escape(where)}/"))
        assert "__Host-mentoring" not in {one["name"] for one in anna.page.context.cookies()}


def enter(anna: Person) -> None:
    anna.field(anna.says("accounts.mail")).fill(MAIL)
    anna.field(anna.says("accounts.password")).fill(PASSWORD)
    anna.press(anna.says("accounts.sign_in.enter"))


def upload(anna: Person, where: str) -> None:
    """As big a file as the programme takes; it is told what the file is, so it has come whole."""
    anna.page.goto(f"{where}/upload")
    big = b"%PDF" + b"x" * 9_900_000
    picked = {"name": "candidature.pdf", "mimeType": "application/pdf", "buffer": big}
    anna.page.locator("input[type=file]").set_input_files(files=[picked])
    anna.sees(anna.says("intake.refused.WrongKind", kind="PDF"))


def test_the_address_without_its_last_slash_leads_to_the_page(proxy, site) -> None:
    answer, _ = ask(site, "GET", BASE)
    assert answer.status in {301, 302, 308}
    assert answer.headers["location"].removeprefix(site.origin) == f"{BASE}/"


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/media/0123456789abcdef.png", "/_stcore/agent/openapi.json"])
def test_a_stranger_gets_nothing_beyond_the_door(proxy, site, path) -> None:
    spellings = [path, path.replace("/", "//", 1), f"/.{path}", f"/static/..{path}", path.replace("_", "%5f")]
    for spelled in spellings:
        answer, _ = ask(site, "GET", BASE + spelled, headers={"X-Mentoring-Session": "1"})
        assert answer.status >= 300, spelled
        assert ask(site, "GET", BASE + path)[0].status == 404


def test_what_the_programme_says_about_safety_arrives_once_and_unchanged(proxy, site) -> None:
    answer, page = ask(site, "GET", f"{BASE}/sign-in")
    assert answer.status == 200
    assert b"<html" in page
    told = SAFETY | {"cache-control": "no-store", "strict-transport-security": HTTPS_FROM_NOW_ON}
    assert {name: answer.headers.get_all(name) for name in told} == {name: [value] for name, value in told.items()}
    (policy,) = answer.headers.get_all("content-security-policy")
    assert "frame-ancestors 'none'" in policy
    (cookie,) = [one for one in answer.headers.get_all("set-cookie") if "mentoring_visit" in one]
    assert cookie.startswith("__Host-mentoring_visit=")
    assert {"Secure", "HttpOnly", "Path=/"} <= set(cookie.split("; "))


def test_parts_of_the_programme_come_compressed(proxy, site) -> None:
    _, page = ask(site, "GET", f"{BASE}/")
    part = re.search(rb'src="\./(static/js/[^"]+\.js)"', page)
    assert part is not None
    answer, data = ask(site, "GET", f"{BASE}/{part[1].decode()}", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert len(gzip.decompress(data)) > 2 * len(data)


def test_what_is_too_big_for_any_file_does_not_pass_nginx(proxy, site) -> None:
    """Caddy counts while it passes on, and so leaves a request that is answered before its end to the programme."""
    if proxy == "nginx":
        headers = {"Origin": site.origin}
        assert ask(site, "POST", f"{BASE}/auth/enter", body=b"x" * 11 * MEGABYTE, headers=headers)[0].status == 303
        assert ask(site, "POST", f"{BASE}/auth/enter", body=b"x" * 13 * MEGABYTE, headers=headers)[0].status == 413


@pytest.mark.parametrize("origin", [None, "https://elsewhere.example", "http://localhost", "null"])
def test_another_sites_page_opens_no_socket(proxy, site, origin) -> None:
    def opened(said: str | None) -> None:
        with connect(
            f"wss://{HOST}:{site.port}{BASE}/_stcore/stream",
            ssl=site.trusting,
            origin=said and Origin(said),
            subprotocols=[Subprotocol("streamlit")],
            proxy=None,
        ):
            pass

    opened(site.origin)
    with pytest.raises(InvalidStatus):
        opened(origin)


@pytest.mark.parametrize("said", [FORGED, f"{FORGED}, {start.HOST}", f"{start.HOST}, {FORGED}"])
def test_nobody_says_for_himself_where_he_comes_from(proxy, site, said) -> None:
    headers = {
        "Origin": site.origin,
        "Cookie": "__Host-mentoring_visit=mine",
        "X-Forwarded-For": said,
        "Forwarded": f"for={FORGED}",
        "X-Real-IP": FORGED,
    }
    answer, _ = ask(site, "POST", f"{BASE}/auth/enter", body=b"ticket=" + a_ticket(site), headers=headers)
    assert answer.status == 303
    assert answer.headers["location"].removeprefix(site.origin) == f"{BASE}/"
    assert "Secure" in answer.headers["set-cookie"]
    assert last_address(site) == VISITOR


def test_who_comes_past_the_proxy_is_not_believed(proxy, site) -> None:
    connection = socket.create_connection((start.HOST, site.app_port), timeout=20, source_address=(VISITOR, 0))
    body = b"ticket=" + a_ticket(site)
    lines = [
        f"POST {BASE}/auth/enter HTTP/1.1",
        f"Host: {HOST}:{site.port}",
        f"Origin: {site.origin}",
        "Cookie: __Host-mentoring_visit=mine",
        f"X-Forwarded-For: {FORGED}",
        f"Content-Length: {len(body)}",
        "Connection: close",
    ]
    with closing(connection):
        connection.sendall("\r\n".join([*lines, "", ""]).encode() + body)
        answer = connection.makefile("rb").readline()
    assert b" 303 " in answer
    assert last_address(site) == VISITOR


def a_ticket(site: Site) -> bytes:
    """What the sign-in form would hand over after a right password."""
    with Session(site.engine.execution_options(write=True)) as session:
        ticket = door.mint_ticket(session, mail=MAIL, browser="mine", at=clock.now())
        session.commit()
    return ticket.encode()


def last_address(site: Site) -> str:
    """Where the last one who came in is said to have come from."""
    with Session(site.engine) as session:
        return session.exec(select(SignIn.address).order_by(col(SignIn.id).desc()).limit(1)).one()
