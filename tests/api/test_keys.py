"""API keys: made, listed and revoked on the command line, asked for by the service."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from fastapi.testclient import TestClient

from api.keys import KeyRing, Scope
from api.serve import Listening, settings_for
from api.settings import ServiceSettings
from corpus.errors import InputError
from danggui.cli import main
from tests.api.conftest import opened


def run(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["keys", *arguments, "--home", str(home)])


def test_a_key_is_shown_once_and_stored_as_a_digest(tmp_path: Path) -> None:
    key = run(tmp_path, "add", "办公室", "--scope", "write").stdout.strip()
    assert key.startswith("dg_")
    assert len(key) == 46
    file = tmp_path / "keys.json"
    assert file.stat().st_mode & 0o777 == 0o600
    assert key not in file.read_text("utf-8")
    found = KeyRing(tmp_path).find(key)
    assert found is not None
    assert (found.name, found.scope) == ("办公室", Scope.WRITE)
    listed = json.loads(run(tmp_path, "list", "--json").stdout)
    assert [(row["name"], row["scope"]) for row in listed] == [("办公室", "write")]
    assert set(listed[0]) == {"name", "scope", "created"}
    assert "入库  办公室" in run(tmp_path, "list").stdout


def test_names_are_unique_and_plain(tmp_path: Path) -> None:
    run(tmp_path, "add", "a")
    again, odd, gone = run(tmp_path, "add", "a"), run(tmp_path, "add", "a/b"), run(tmp_path, "revoke", "b")
    assert [result.exit_code for result in (again, odd, gone)] == [1, 1, 1]
    assert "已有名为“a”的密钥" in again.stderr
    assert "密钥名“a/b”不对" in odd.stderr
    assert "没有名为“b”的密钥" in gone.stderr


def test_a_damaged_key_file_lets_nobody_in(tmp_path: Path) -> None:
    (tmp_path / "keys.json").write_text("{", "utf-8")
    with pytest.raises(InputError, match=r"keys\.json 读不出"):
        KeyRing(tmp_path).find("dg_x")


def test_beyond_this_machine_a_key_is_needed(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["serve", "--host", "0.0.0.0", "--home", str(tmp_path)])
    assert result.exit_code == 1
    assert "在 0.0.0.0 上提供服务要有密钥" in result.stderr
    assert "请先运行 danggui keys add" in result.stderr
    KeyRing(tmp_path).add("a", Scope.READ)
    beyond = settings_for(tmp_path, Listening("0.0.0.0"))
    assert (beyond.require_keys, beyond.hosts) == (True, ())
    local = settings_for(tmp_path, Listening())
    assert (local.require_keys, local.hosts) == (False, ("127.0.0.1", "localhost", "::1"))
    assert settings_for(tmp_path, Listening(require_keys=True)).require_keys
    assert settings_for(tmp_path, Listening(names=("kb.example",))).require_keys
    assert ServiceSettings.from_environment(beyond.to_environment()) == beyond


NEEDS = "这个服务要用密钥；请带上请求头 Authorization: Bearer 密钥（由 danggui keys add 添加）"


def test_scopes(own_home: Path) -> None:
    ring = KeyRing(own_home)
    keys = {scope: ring.add(scope.value, scope) for scope in Scope}

    def status(client: TestClient, method: str, path: str, key: str) -> int:
        return client.request(method, path, headers={"X-API-Key": key}).status_code

    with opened(replace(ServiceSettings(own_home), require_keys=True)) as client:
        missing = client.get("/api/v1/editions")
        assert (missing.status_code, missing.headers["www-authenticate"]) == (401, "Bearer")
        assert missing.json()["detail"] == NEEDS
        assert status(client, "GET", "/api/v1/editions", "dg_wrong") == 401
        assert client.get("/api/v1/health").status_code == 200
        bearer = {"Authorization": f"Bearer {keys[Scope.READ]}"}
        assert client.get("/api/v1/editions", headers=bearer).status_code == 200
        reads = [status(client, "GET", "/api/v1/editions", keys[scope]) for scope in Scope]
        writes = [status(client, "POST", "/api/v1/documents", keys[scope]) for scope in Scope]
        removes = [status(client, "DELETE", "/api/v1/documents/x@y", keys[scope]) for scope in Scope]
        assert (reads, writes, removes) == ([200] * 3, [403, 422, 422], [403, 403, 404])
        refused = client.delete("/api/v1/documents/x@y", headers={"X-API-Key": keys[Scope.WRITE]})
        assert refused.json()["detail"] == "密钥“write”没有管理（admin）权限；请向管理员另要一把"
        ring.revoke("read")
        assert (
            client.get("/api/v1/editions", headers=bearer).json()["detail"] == "密钥不对或已作废；请向管理员要一把新的"
        )


def test_on_this_machine_a_wrong_key_is_still_wrong(api: TestClient) -> None:
    assert api.get("/api/v1/editions").status_code == 200
    assert api.get("/api/v1/editions", headers={"X-API-Key": "dg_wrong"}).status_code == 401
