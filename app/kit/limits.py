"""Rate limits: counted in this process, or in Redis for all processes when REDIS_URL is set."""

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(key_func=get_remote_address, headers_enabled=True, strategy="moving-window")
