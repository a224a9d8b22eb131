"""The webhook transport against receivers that misbehave."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app.delivery import signing
from app.delivery.transports import webhook
from app.kit import clock

pytestmark = pytest.mark.no_database
HERE = ("127.0.0.1",)


@pytest.fixture
def serve() -> Iterator[Callable[..., int]]:
    """Return a function that lets `answer(connection)` speak to whoever connects, and gives the port."""
    listening: list[socket.socket] = []
    threads: list[threading.Thread] = []

    def make(answer: Callable[[socket.socket], None]) -> int:
        server = socket.create_server(("127.0.0.1", 0))
        listening.append(server)

        def run() -> None:
            with suppress(OSError):
                connection, _ = server.accept()
                with connection, suppress(OSError):
                    answer(connection)

        threads.append(threading.Thread(target=run))
        threads[-1].start()
        return int(server.getsockname()[1])

    yield make
    for server in listening:
        server.close()
    for thread in threads:
        thread.join(5)


def post(port: int, scheme: str = "http") -> webhook.Outcome:
    return webhook.deliver(f"{scheme}://127.0.0.1:{port}/", "01", "{}", [signing.new_secret()], HERE)


def test_a_receiver_that_sends_one_byte_at_a_time_is_cut_off(serve, monkeypatch):
    monkeypatch.setattr(webhook, "_WHOLE_SECONDS", 0.5)

    def drip(connection: socket.socket) -> None:
        connection.recv(65536)
        for _ in range(100):
            connection.sendall(b"H")
            time.sleep(0.1)

    began = time.monotonic()
    outcome = post(serve(drip))

    assert not outcome.is_delivered
    assert time.monotonic() - began < 5


def test_an_endless_body_is_not_read(serve):
    def pour(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in range(1000):
            connection.sendall(b"x" * 65536)

    began = time.monotonic()
    outcome = post(serve(pour))

    assert outcome.is_delivered  # it said 200; what it says beside that is its own affair
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("said", [b"", b"SSH-2.0-OpenSSH_9\r\n", b"HTTP/1.1 abc\r\n\r\n", b"\x00" * 100])
def test_what_is_no_web_server_is_a_failed_try(serve, said):
    def speak(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(said)

    assert not post(serve(speak)).is_delivered


@pytest.mark.parametrize(
    ("header", "wish"),
    [("120", timedelta(seconds=120)), ("soon", None), ("-1", None), ("", None), ("9" * 30, timedelta(seconds=10**7))],
)
def test_a_wish_for_later_is_read(serve, header, wish):
    def speak(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(f"HTTP/1.1 429 Slow\r\nRetry-After: {header}\r\nContent-Length: 0\r\n\r\n".encode())

    assert post(serve(speak)).retry_after == wish


def test_a_certificate_of_nobody_is_refused(serve, tmp_path):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    own = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(clock.now() - timedelta(days=1))
        .not_valid_after(clock.now() + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    text = serialization.Encoding.PEM
    pem = key.private_bytes(text, serialization.PrivateFormat.PKCS8, plain) + own.public_bytes(text)
    (tmp_path / "own.pem").write_bytes(pem)
    seen: list[bytes] = []

    def speak(connection: socket.socket) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tmp_path / "own.pem")
        with context.wrap_socket(connection, server_side=True) as line:
            seen.append(line.recv(65536))

    outcome = post(serve(speak), "https")

    assert not outcome.is_delivered
    assert "CERTIFICATE_VERIFY_FAILED" in outcome.fault
    assert seen == []
