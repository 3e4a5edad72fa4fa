"""Vietnamese texts longer than a button, as Jinja2 templates; they format, they do not decide."""
