"""What a calculator asks for: fields, tables, the company's settings, and the mistakes that are made in them."""
