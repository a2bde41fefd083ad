"""What can be set from outside, each a WANLI_* variable with a default that works offline."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from wanli_geo.errors import WrongUsage

PREFIX = "WANLI_"
FIRST_PORT = 8000


class Settings(BaseModel):
    """One frozen object for the whole application.

    Attributes:
        workspace: WANLI_WORKSPACE, the folder to show; unset: the bundled Wanli sketch.
        host: WANLI_HOST, the address to listen on; 127.0.0.1 is this computer only, 0.0.0.0 the whole office network.
        port: WANLI_PORT; unset: the first free one from 8000.
        hosts: WANLI_HOSTS, further names (comma between) under which the page may be asked for.
        edit: WANLI_EDIT, whether files may be taken into the workspace over the page; unset: it is for looking only.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    workspace: Path | None = None
    host: str = Field(default="127.0.0.1", min_length=1, max_length=253)
    port: int | None = Field(default=None, ge=0, le=65535)
    hosts: tuple[str, ...] = ()
    edit: bool = False

    @field_validator("hosts", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        names = value.split(",") if isinstance(value, str) else value
        return tuple(name.strip().lower() for name in names if name.strip())

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Read the settings from WANLI_* variables; an empty one counts as unset.

        Raises:
            WrongUsage: a value cannot be read; the sentence names the variable.
        """
        named = {name: environment.get(PREFIX + name.upper(), "") for name in cls.model_fields}
        try:
            return cls.model_validate({name: value for name, value in named.items() if value})
        except ValidationError as wrong:
            name = PREFIX + str(wrong.errors()[0]["loc"][0]).upper()
            value = environment[name]
            raise WrongUsage(
                f"环境变量 {name} 的值“{value}”读不了；请改正或删去它。",
                f"The variable {name} is “{value}”, which cannot be read; mend it or unset it.",
            ) from wrong
