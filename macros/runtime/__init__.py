"""The browser runtime, and what the build itself runs under Node.

Here: fetching, compiling and bundling Pyodide, drawing charts, and the worker under Node for tests. Not
here: copying into the site and printing pages (the rest of `macros`), and the page's half
(docs/assets/javascripts/).
"""
