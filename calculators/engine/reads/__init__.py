"""From what people have to values and rows: files, workbooks, headings, cells, and what is typed into a form."""
