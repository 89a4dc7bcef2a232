"""Light pages as bytes: the templates with their words, and the pages that belong to nobody's link."""

from __future__ import annotations

import hashlib
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from core.language.text import OFFERED, Language, say, sentence
from core.store import database
from core.store.config import LINKS
from core.store.errors import Refused, Told
from pages.door.paths import STYLE, outward

if TYPE_CHECKING:
    from starlette.requests import Request

FOLDER = Path(__file__).parent / "templates"
KEEP = "max-age=31536000, immutable"
PAGES = Environment(
    loader=FileSystemLoader(FOLDER),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)


def page(template: str, language: Language, *, status: int = 200, **shown: object) -> Response:
    """A page in the reader's language."""
    settings = database.current().config
    links = {name: _target(link) for name in LINKS if (link := str(getattr(settings, name)))}
    common = {
        "t": partial(_said, language),
        "tongue": language.tongue,
        "base": outward(""),
        "style": f"{outward(STYLE)}?v={_style()[1]}",
        "links": links,
    }
    return HTMLResponse(PAGES.get_template(template).render(**common, **shown), status_code=status)


def for_anybody(*told: Told | Refused, status: int, wait: int = 0) -> Response:
    """Sentences in both languages: whose link it is, is not known. `wait`: seconds until one should try again."""
    texts = {one.tongue: [_sentence(sentence, one) for sentence in told] for one in OFFERED}
    answer = page("anybody.html", Language.ITALIAN, status=status, texts=texts)
    if wait:
        answer.headers["retry-after"] = str(wait)
    return answer


def style(_request: Request) -> Response:
    """The style sheet of all light pages; another version has another address, so that a browser may keep it."""
    return Response(_style()[0], media_type="text/css", headers={"cache-control": KEEP})


def contact() -> str:
    """Where to write to: what the installation has set, else the office's name."""
    return database.current().config.feedback


def _said(language: Language, key: str, **values: object) -> str:
    return say(key, language, **values)


def _sentence(told: Told | Refused, language: Language) -> str:
    return sentence(told, language) if isinstance(told, Refused) else say(told.key, language, **told.values)


def _target(link: str) -> str:
    return link if "://" in link else f"mailto:{link}"


@cache
def _style() -> tuple[bytes, str]:
    """The style sheet, and the name of its version."""
    sheet = (FOLDER / "light.css").read_bytes()
    return sheet, hashlib.sha256(sheet).hexdigest()[:12]
