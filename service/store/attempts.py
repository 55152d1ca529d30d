"""What is done on the store again and again, for as long as the service runs."""

from __future__ import annotations

from collections.abc import Coroutine

from structlog.typing import FilteringBoundLogger

from service.logs import log_error
from service.store.database import StoreUnavailableError
from service.undisturbed import undisturbed


async def attempt(step: Coroutine[object, object, None], logger: FilteringBoundLogger, failed: str) -> None:
    """Do a step undisturbed. Whatever goes wrong is logged, under ``failed`` if it is not the store's absence: there is a next time.

    A loop that ended by an error would end without a word, and its process would hear of no news, or write no figures, until its own end.
    """
    try:
        await undisturbed(step)
    except StoreUnavailableError as fault:
        logger.warning("store unreachable", detail=str(fault))
    except Exception as error:  # noqa: BLE001 -- whatever it is
        log_error(logger, failed, error)
