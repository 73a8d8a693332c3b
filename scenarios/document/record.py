"""The common ground of every line of a scenario: immutable, strict about unknown columns."""

from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator


class Record(BaseModel):
    """One line of one table. Unknown columns are refused; an empty cell is an absent value."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=False)

    @model_validator(mode="before")
    @classmethod
    def _empty_is_absent(cls, data: Any) -> Any:
        """Drop empty cells, so that a required column left empty is reported as missing."""
        if isinstance(data, dict):
            return {name: value for name, value in data.items() if value is not None and value != ""}
        return data
