import pytest
from pydantic import ValidationError

from detente.coding.llm_settings import LlmSettings

KNOWN = {"base_url": "http://127.0.0.1:8080/v1", "model": "a-model"}
SECRET = "sk-secret-1234567890"

REFUSED = {
    "no address": ({"base_url": "localhost"}, "not an http or https address"),
    "other scheme": ({"base_url": "ftp://a/v1"}, "not an http or https address"),
    "key in it": ({"base_url": f"https://me:{SECRET}@a/v1"}, "key_env names"),
    "key behind it": ({"base_url": f"https://a/v1?key={SECRET}"}, "key_env names"),
    "whole path": ({"base_url": "http://a/v1/chat/completions"}, "ends before /chat/completions"),
    "port": ({"base_url": "http://a:99999/v1"}, "[Pp]ort"),
    "no model": ({"model": ""}, "at least 1 character"),
    "key for its name": ({"key_env": SECRET}, "keep the key out of the file"),
    "key as a setting": ({"api_key": SECRET}, "api_key"),
    "no request": ({"max_requests": 0}, "max_requests"),
    "no token": ({"max_tokens": -1}, "max_tokens"),
    "no time": ({"timeout": 0}, "timeout"),
    "no sentence": ({"max_sentences": 0}, "max_sentences"),
    "tries": ({"retries": 99}, "retries"),
}


@pytest.mark.parametrize(("changes", "told"), REFUSED.values(), ids=REFUSED)
def test_a_setting_that_cannot_be_used(changes: dict[str, object], told: str) -> None:
    with pytest.raises(ValidationError, match=told) as caught:
        LlmSettings.model_validate(KNOWN | changes)
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:8080/v1", "https://models.example/api/v1/", "http://[::1]:11434/v1"],
)
def test_addresses(url: str) -> None:
    settings = LlmSettings.model_validate(KNOWN | {"base_url": url})
    assert settings.base_url == url.rstrip("/")
