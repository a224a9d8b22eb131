"""Signatures against the published vectors of Standard Webhooks and against its own library."""

from datetime import UTC, datetime

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from app.delivery import signing
from app.delivery.rules import is_secret

pytestmark = pytest.mark.no_database
KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@pytest.mark.parametrize(
    ("key", "at", "body", "signature"),
    [
        (
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1614265330,
            '{"test": 2432232314}',
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        ),
        (
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1614265330,
            '{"test":2432232314}',
            "v1,Vif40peJBP7Iyl0XGmu61n4MwdrcHov5CFREBpE0svs=",
        ),
        (
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1614265330,
            '{"note":"客户满意"}',
            "v1,IRbdgtPzuPuvR3/IfmmyiTOg19wUXgIAFxOsd0RIl48=",
        ),
    ],
)
def test_the_published_vectors_come_out(key, at, body, signature):
    made = signing.headers(key, body, [KEY], at=datetime.fromtimestamp(at, UTC))

    assert made == {"webhook-id": key, "webhook-timestamp": str(at), "webhook-signature": signature}


def test_the_library_of_the_standard_accepts_what_we_sign_with_either_secret():
    old, new = signing.new_secret(), signing.new_secret()
    made = signing.headers("01", '{"a":"你好"}', [new, old], at=datetime.now(UTC))

    assert Webhook(old).verify('{"a":"你好"}', made) == {"a": "你好"}
    assert Webhook(new).verify('{"a":"你好"}', made) == {"a": "你好"}


def test_the_library_refuses_a_changed_body():
    made = signing.headers("01", '{"points":1}', [KEY], at=datetime.now(UTC))

    with pytest.raises(WebhookVerificationError):
        Webhook(KEY).verify('{"points":9}', made)


def test_every_new_secret_is_one_and_no_two_are_equal():
    made = {signing.new_secret() for _ in range(50)}

    assert len(made) == 50
    assert all(is_secret(one) for one in made)
