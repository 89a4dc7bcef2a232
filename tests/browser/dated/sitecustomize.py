"""Sets the clock of a server that is started with this folder on its path: from MOMENT on, as fast as the real one.

Python reads a module of this name before anything else, so that the server itself is as it is.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime

from core.store import clock

moment = datetime.fromisoformat(os.environ["MOMENT"])
begun = datetime.now(UTC)
clock.use(lambda: moment + (datetime.now(UTC) - begun))
