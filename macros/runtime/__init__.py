"""The browser runtime: fetching, compiling and bundling Pyodide, and what the build itself runs under Node."""
