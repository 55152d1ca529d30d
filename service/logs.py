"""Structured logs: one line a request, and nothing that a client wrote above the level debug."""

from __future__ import annotations

import logging
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

import orjson
import structlog
from structlog.typing import EventDict, FilteringBoundLogger, Processor, WrappedLogger

from service.settings import Settings

_DEEPEST_FRAMES = 12


def build_logger(settings: Settings, stream: TextIO) -> FilteringBoundLogger:
    """Make a logger that writes to a stream: JSON, or for people where the stream is a terminal."""
    for_people = settings.log_format == "console" or (settings.log_format == "auto" and stream.isatty())
    processors: list[Processor] = _for_people(stream) if for_people else [_as_json]
    logger: FilteringBoundLogger = structlog.wrap_logger(
        structlog.WriteLogger(stream),
        processors=processors,
        wrapper_class=structlog.make_filtering_bound_logger(settings.log_level),
    ).bind()  # once, and not with each line
    return logger


def describe_error(error: BaseException) -> dict[str, Any]:
    """Describe an error for the log by its type and the places it came through.

    Its message is left out, for it may quote the text that was read; ``log_error`` gives it at the level debug.
    """
    frames = traceback.extract_tb(error.__traceback__)[-_DEEPEST_FRAMES:]
    places = [f"{'/'.join(Path(frame.filename).parts[-2:])}:{frame.lineno} {frame.name}" for frame in frames]
    return {"error": type(error).__name__, "places": places}


def log_error(logger: FilteringBoundLogger, event: str, error: BaseException, **members: Any) -> None:
    """Log an unexpected error, with its message only at the level debug."""
    logger.error(event, **members, **describe_error(error))
    logger.debug(event, **members, message=str(error))


class Bridge(logging.Handler):
    """Carries what libraries log through the standard module into our own log, in our own form.

    Of a message only the template is kept, since its arguments may hold what a client wrote. What a client's own fault
    raised inside the library is of no interest: the line about the request has told it.
    """

    def __init__(self, logger: FilteringBoundLogger, client_faults: tuple[type[BaseException], ...]) -> None:
        super().__init__()
        self._logger = logger
        self._client_faults = client_faults

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record."""
        error = record.exc_info[1] if record.exc_info else None
        members = describe_error(error) if error is not None else {}
        level = logging.DEBUG if isinstance(error, self._client_faults) else record.levelno
        self._logger.log(level, "library", library=record.name, template=str(record.msg), **members)


def _for_people(stream: TextIO) -> list[Processor]:
    stamper = structlog.processors.TimeStamper(fmt="iso", utc=True)
    return [structlog.processors.add_log_level, stamper, structlog.dev.ConsoleRenderer(colors=stream.isatty())]


def _as_json(_logger: WrappedLogger, level: str, event: EventDict) -> str:
    """Write a line whole, in one step: there is one for every request."""
    event["level"], event["timestamp"] = level, datetime.now(UTC)
    return orjson.dumps(event, default=repr, option=orjson.OPT_UTC_Z).decode()
