"""Revisit (回访): what a customer says after the sale is kept, understood, answered, rewarded and known to sales."""

from flask_migrate import Migrate
from flask_openapi.openapi import OpenAPI
from werkzeug.middleware.proxy_fix import ProxyFix

from app import cli, wiring
from app.kit import api, assets, bus, db, errors, forms, headers, i18n, limits, logs, numbers, site
from config import Config

migrate = Migrate(render_as_batch=True)


def create_app(config: Config) -> OpenAPI:
    """Build the application: the toolbox first, then what the tables of `wiring` list."""
    logs.configure(config.log_format)
    app = OpenAPI(
        __name__,
        info=api.INFO,
        security_schemes=api.SECURITY,
        doc_ui=False,
        template_folder="../templates",
        validation_error_callback=api.refuse_invalid,
        validation_error_model=api.Problem,
    )
    is_https = config.public_url.startswith("https://")
    app.config.update(
        SECRET_KEY=config.secret_key,
        TESTING=config.testing,
        MAX_CONTENT_LENGTH=limits.UPLOAD_BYTES,
        MAX_FORM_MEMORY_SIZE=limits.FORM_BYTES,
        SESSION_COOKIE_NAME="__Host-revisit" if is_https else "revisit",
        SESSION_COOKIE_SECURE=is_https,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,  # a page left open over lunch must not lose what was typed
        RATELIMIT_ENABLED=config.rate_limit,
        RATELIMIT_STORAGE_URI=config.redis_url or "memory://",
    )
    app.extensions["revisit.config"] = config
    if config.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, *[config.trusted_proxies] * 4)  # type: ignore[method-assign]  # Flask's documented way

    numbers.init_app(app)  # before the first route
    db.init_app(app, config)
    migrate.init_app(app, db.db, directory="migrations")
    logs.init_app(app)
    i18n.init_app(app)
    limits.init_app(app)  # before anything reads a body
    forms.init_app(app)
    errors.init_app(app)
    assets.init_app(app)
    headers.init_app(app, is_https=is_https)
    site.init_app(app)
    bus.init_app(app, wiring.REACTIONS)
    wiring.GUARD(app)
    for blueprint in wiring.BLUEPRINTS:
        app.register_blueprint(blueprint)
    for blueprint in wiring.API_BLUEPRINTS:
        forms.csrf.exempt(blueprint)  # programs show a token in a header, which no other site can make a browser send
        app.register_api(blueprint)
    for blueprint in wiring.EMBEDDED_BLUEPRINTS if config.is_embedded else ():
        app.register_blueprint(blueprint)
    for context in wiring.CONTEXTS:
        app.context_processor(context)
    for command in cli.COMMANDS:
        app.cli.add_command(command)
    for prepare in wiring.PREPARE:
        prepare(app)
    return app
