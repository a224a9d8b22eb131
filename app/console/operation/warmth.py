"""The first page that a web process shows lets it load the judgement meanwhile, so that no customer waits for it."""

import threading

from flask import Flask

from app import sentiment


def init_app(app: Flask) -> None:
    """Load the model and TextBlob in the background of the first request; commands never pay for it."""
    once = threading.Lock()

    @app.before_request
    def _warm() -> None:
        if not app.testing and once.acquire(blocking=False):
            threading.Thread(target=sentiment.judge, args=("warm",), daemon=True).start()
