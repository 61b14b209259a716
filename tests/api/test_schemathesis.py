"""The whole interface asked made-up questions: no fault of the service, no answer that is not described."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api import openapi
from tests.api.conftest import Served

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="module")
def url(sample_home: Path, served: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a running service over a base of its own."""
    home = tmp_path_factory.mktemp("made-up") / "base"
    shutil.copytree(sample_home, home)
    with served(home) as address:
        yield address


schema = schemathesis.openapi.from_path(openapi.FILE)


@pytest.mark.slow
@schema.parametrize()
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_fault_and_nothing_undescribed(case: schemathesis.Case[Any], url: str) -> None:
    case.call_and_validate(base_url=url, checks=CHECKS)
