"""Edits in an editable table of a page, as the browser would send them: AppTest itself has no way to make them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest


def edit(page: AppTest, at: int = 0, **edits: Any) -> AppTest:
    """The page run again with these edits in its table number `at`: edited_rows, added_rows, deleted_rows.

    All edits since the table was drawn are sent each time; one that is left out has been taken back.
    """
    states = page._tree.get_widget_states()  # noqa: SLF001 - the public ways send no edits
    states.widgets.add(id=page.data_editor[at].proto.id, string_value=json.dumps(edits))
    return page._run(states)  # noqa: SLF001 - as above
