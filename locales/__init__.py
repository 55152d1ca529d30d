"""The locale files: data only, one file a language."""
