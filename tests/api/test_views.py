"""What machines can read: all of it public, none of it about persons."""

from __future__ import annotations

import jwt
import pytest
from cryptography import x509
from django.db import connection
from django.test import Client

from loket.documents.signers import local
from tests.factories import cases as factory

pytestmark = pytest.mark.django_db


@pytest.fixture
def service(kelurahan, at):
    return factory.publish(at=at)


@pytest.fixture
def keys(settings, tmp_path, at):
    settings.KEYS_ROOT = tmp_path / "keys"
    local.prepare(at=at)


def test_health_says_what_answers_and_how_long_work_waits():
    answer = Client().get("/healthz")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert answer.json() == {
        "status": "ok",
        "database": connection.vendor,
        "oldest_job_seconds": 0,
    }


def test_keys_are_public_halves_for_the_one_curve(keys):
    published = Client().get("/.well-known/jwks.json").json()["keys"]
    assert [(key["kty"], key["crv"]) for key in published] == [("EC", "P-256")]
    assert [set(key) & {"d", "k", "p", "q"} for key in published] == [set()]
    assert jwt.PyJWKSet(published).keys[0].algorithm_name == "ES256"


def test_authority_is_a_certificate(keys):
    answer = Client().get("/.well-known/loket-ca.pem")
    assert answer["Content-Type"] == "application/x-pem-file"
    assert [
        certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
        for certificate in x509.load_pem_x509_certificates(answer.content)
    ] == [True]


def test_services_are_listed_and_shown_whole(service):
    browser = Client()
    assert browser.get("/api/services/").json() == {
        "services": [
            {
                "code": "TEST-BIRTH",
                "version": 1,
                "title": {"id": "Akta kelahiran", "en": "Akta kelahiran (en)"},
                "summary": {"id": "Mencatat kelahiran.", "en": "Mencatat kelahiran. (en)"},
                "life_events": ["birth"],
                "due_working_days": 3,
            }
        ]
    }
    whole = browser.get("/api/services/TEST-BIRTH/").json()
    assert (whole["version"], whole["questions"][0]["name"]) == (1, "child_name")
    assert len(whole["standard"]) == 14


def test_unknown_service_is_not_found():
    assert Client().get("/api/services/NOPE/").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/healthz", "/api/services/", "/.well-known/jwks.json", "/.well-known/loket-ca.pem"],
)
def test_nothing_can_be_sent(path):
    assert Client().post(path).status_code == 405
