"""What a reader sees, as flat values: addresses, words, views. Pure; knows neither MkDocs nor Jinja."""
