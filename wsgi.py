"""The door for web servers and for `flask --app wsgi`."""

import sys

from app import create_app
from config import BadSetting, Config

try:
    app = create_app(Config.from_env())
except BadSetting as problem:
    sys.exit(f"Revisit cannot start: {problem}")
