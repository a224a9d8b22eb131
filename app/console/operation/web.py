"""What gunicorn does around the application; `up` names this file as its configuration."""

from flask import Flask
from gunicorn.arbiter import Arbiter

from app import sentiment

_FIRST_SEEN = ("surveys/", "layouts/", "components/")


def when_ready(server: Arbiter) -> None:
    """Load models and pages before the web processes are forked: they share the memory, and no customer waits."""
    for text, language in (("等了三天还没送到", "zh_Hans"), ("It came three days late", "en")):
        sentiment.judge(text, language)
    app: Flask = server.app.wsgi()
    for name in app.jinja_env.list_templates(filter_func=lambda name: name.startswith(_FIRST_SEEN)):
        app.jinja_env.get_template(name)
