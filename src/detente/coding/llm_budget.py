"""What one run with a language model may spend, and what it has spent."""

from dataclasses import dataclass

from detente.coding.llm_settings import LlmSettings
from detente.errors import LlmBudgetError

_CHARACTERS_PER_TOKEN = 4


def estimated_tokens(text: str) -> int:
    """Return about how many tokens a text is, where the endpoint does not say.

    Args:
        text: English, or JSON of English.

    Examples:
        >>> estimated_tokens("The two sides met.")
        5
    """
    return -(-len(text) // _CHARACTERS_PER_TOKEN)


@dataclass
class Budget:
    """Requests and tokens of one run; every try counts, also one that fails."""

    settings: LlmSettings
    requests: int = 0
    tokens: int = 0

    def spend_request(self, question: str) -> None:
        """Count a request before it is sent.

        Args:
            question: Its body; its estimated tokens must still be allowed.

        Raises:
            LlmBudgetError: It would be one too many.
        """
        settings = self.settings
        needed = {
            "max_requests": self.requests + 1,
            "max_tokens": self.tokens + estimated_tokens(question),
        }
        allowed = {"max_requests": settings.max_requests, "max_tokens": settings.max_tokens}
        for setting, most in allowed.items():
            if needed[setting] > most:
                raise LlmBudgetError(
                    url=settings.base_url,
                    model=settings.model,
                    requests=self.requests,
                    tokens=self.tokens,
                    setting=setting,
                    allowed=most,
                )
        self.requests += 1

    def spend_tokens(self, tokens: int) -> None:
        """Count the tokens of a question and its answer.

        Args:
            tokens: As the endpoint counts them, or an estimate.
        """
        self.tokens += tokens
