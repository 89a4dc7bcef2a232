"""The unit of cost: a page that shows one table of 200 rows and nothing else."""

import pandas as pd
import streamlit as st

ROWS = 200

st.dataframe(
    pd.DataFrame(
        {
            "name": [f"Person {number}" for number in range(ROWS)],
            "course": [f"Course {number % 17}" for number in range(ROWS)],
            "year": [2020 + number % 7 for number in range(ROWS)],
            "score": [number * 0.37 % 10 for number in range(ROWS)],
        }
    )
)
