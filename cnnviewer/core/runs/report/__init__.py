"""A run as one HTML file that needs nothing else: no network, no script, light or dark as the reader's system is.

`contents.py` gathers what the report says (`records.py`), `page.py` fills the templates in `resources/report` with it.
"""
