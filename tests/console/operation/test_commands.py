"""The commands that an operator types."""

import json

import pytest
from flask import Flask

from app.console.operation import doctor
from config import BadSetting, Config


def test_the_doctor_finds_a_healthy_product_green(runner):
    answer = runner.invoke(args=["doctor", "--json"])

    findings = json.loads(answer.output)
    assert answer.exit_code == 0, answer.output
    assert {finding["state"] for finding in findings} == {"ok"}


def test_the_doctor_names_what_is_wrong_and_the_line_that_mends_it(config: Config):
    broken = config.but(smtp_url="smtp://127.0.0.1:9", redis_url="redis://127.0.0.1:9/0", web_processes=3)

    found = {finding.name: finding for finding in doctor.look(broken)}

    assert not found["mail"].is_well
    assert "SMTP_URL" in found["mail"].mend
    assert not found["Redis"].is_well
    assert found["rate limits"].is_well  # Redis is set, though it is away


def test_more_web_processes_without_redis_are_named(config: Config):
    found = {finding.name: finding for finding in doctor.look(config.but(web_processes=2))}

    assert "REDIS_URL" in found["rate limits"].mend


@pytest.mark.parametrize("command", [["config"], ["access"], ["reactions"], ["migrate"]])
def test_every_report_is_json_on_request(runner, command):
    answer = runner.invoke(args=[*command, "--json"])

    assert answer.exit_code == 0, answer.output
    assert isinstance(json.loads(answer.output), list)


def test_no_report_shows_a_secret(runner, app: Flask):
    assert app.extensions["revisit.config"].secret_key not in runner.invoke(args=["config", "--json"]).output


@pytest.mark.parametrize(
    ("variables", "address"),
    [
        ({}, "http://localhost:8000"),
        ({"PORT": "9001"}, "http://localhost:9001"),
        ({"HOST": "0.0.0.0", "PORT": "9001"}, "http://localhost:9001"),
        ({"HOST": "::1"}, "http://localhost:8000"),
        ({"HOST": "10.1.2.3"}, "http://10.1.2.3:8000"),
        ({"PUBLIC_URL": "https://care.example", "PORT": "9001"}, "https://care.example"),
    ],
)
def test_the_public_address_follows_host_and_port(tmp_path, variables, address):
    assert Config.from_env({"DATA_DIR": str(tmp_path), **variables}).public_url == address


@pytest.mark.parametrize(
    "variables", [{"PORT": "0"}, {"PORT": "eight"}, {"DEMO": "perhaps"}, {"SMTP_URL": "mail.example.com"}]
)
def test_a_malformed_setting_stops_the_start_by_name(tmp_path, variables):
    with pytest.raises(BadSetting, match=next(iter(variables))):
        Config.from_env({"DATA_DIR": str(tmp_path), **variables})
