"""The templates to download or print: which there are, and what pages and the build get of them.

A template is one file of data, ``<id>.toml``, from which both languages, the empty and the filled version are made
(``model.py``); workbooks in ``workbook.py``, forms on pages in ``paper.py``.
"""
