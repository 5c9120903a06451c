"""The faults of a request for some of an archive, found before anything is opened."""

from zpack.errors import BadStrip, RequestRefused, ZpackError
from zpack.operations.extract_paths import MOST_STRIPPED
from zpack.operations.extract_patterns import pattern_faults
from zpack.operations.limits import limit_faults
from zpack.operations.name_encoding import encoding_faults
from zpack.operations.pipe_requests import PipeRequest
from zpack.operations.requests import ExtractRequest


def check_choice(request: ExtractRequest | PipeRequest) -> None:
    """Raises :class:`RequestRefused` with all that is wrong with the request itself."""
    faults: list[ZpackError] = []
    if not 0 <= request.strip_components <= MOST_STRIPPED:
        faults.append(BadStrip(request.strip_components, MOST_STRIPPED))
    faults += pattern_faults((*request.include, *request.exclude))
    faults += encoding_faults(request.name_encoding)
    faults += limit_faults(request.limits)
    if faults:
        raise RequestRefused(faults)
