"""The one JSON file: TinyDB over our own Storage, records and values, merging, saving, the open notebook."""
