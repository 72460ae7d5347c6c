"""The adapter to MkDocs: pages, templates, the build."""
