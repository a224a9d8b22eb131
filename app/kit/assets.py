"""Static files under names that change with their content, so that a browser may keep them for a year."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response, request, url_for


def init_app(app: Flask) -> None:
    """Give templates `static(path)` and mark versioned files as immutable."""
    folder = Path(str(app.static_folder))

    @cache
    def version(path: str) -> str:
        return hashlib.sha256((folder / path).read_bytes()).hexdigest()[:12]

    def static(path: str) -> str:
        return url_for("static", filename=path, v=version(path))

    @app.after_request
    def _keep(answer: Response) -> Response:
        if request.endpoint == "static" and request.args.get("v") and answer.status_code == 200:
            answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return answer

    app.jinja_env.globals["static"] = static
