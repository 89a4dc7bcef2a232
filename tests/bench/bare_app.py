"""A server with the bare page alone, tuned like the real one: frozen once, after the large imports."""

from __future__ import annotations

import gc
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

WARM = (pd, go)


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    gc.collect()
    gc.freeze()
    yield


app = st.App(Path(__file__).parent / "bare_page.py", lifespan=lifespan)
