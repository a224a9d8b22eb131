"""Settings: a malformed one stops the start with a sentence that names it."""

import stat

import pytest

from config import BadSetting, Config

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://root@localhost/x"), ("REDIS_URL", "localhost:6379"), ("SMTP_URL", "mail.example.com"),
        ("WEB_THREADS", "0"), ("WEB_THREADS", "eight"), ("WORKERS", "-1"), ("LOG_FORMAT", "xml"),
        ("RATE_LIMIT", "maybe"),
        ("SECRET_KEY", "short"), ("PUBLIC_URL", "example.com"), ("TRUSTED_PROXIES", "1.5"),
    ],
)  # fmt: skip
def test_a_malformed_value_is_named(tmp_path, name, value):
    with pytest.raises(BadSetting, match=name):
        Config.from_env({"DATA_DIR": str(tmp_path), name: value})


def test_the_secret_key_is_made_once_and_readable_by_the_owner_alone(tmp_path):
    first, second = (Config.from_env({"DATA_DIR": str(tmp_path)}) for _ in range(2))

    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 48
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_the_printed_table_shows_no_secret(tmp_path):
    config = Config.from_env({"DATA_DIR": str(tmp_path), "SMTP_URL": "smtp://user:hunter2@mail.example.com"})

    assert "hunter2" not in str(config.table())
    assert config.secret_key not in str(config.table())
