"""How one terminal speaks: the model's messages as an older terminal has them, a newer one, or one that says both."""

from collections.abc import Iterator
from typing import Any

from appliance.simulator.model.common import errors
from appliance.simulator.model.common.errors import Refused
from appliance.simulator.model.dialects import file_events, instances, newer, roles
from appliance.simulator.model.dialects.additions import ADDITIONS, added
from appliance.simulator.model.terminal_face import Face
from appliance.simulator.option_types import Generation

Fields = dict[str, Any]

# as the tables of this package spell the commands; clients may spell them in any case
_NAMES = {
    name.lower(): name for table in (ADDITIONS, newer.CHANGES, instances.MESSAGES, instances.PARTS) for name in table
}


class Dialect:
    """What a terminal of a generation makes of requests, replies and events."""

    def __init__(self, generation: Generation, face: Face) -> None:
        self._generation = generation
        self._face = face

    def request(self, request: Fields) -> Fields:
        """Returns a request as the model takes it; raises `Refused` for what this terminal does not take."""
        method = request["method"].lower()
        if self._generation is Generation.OLD:
            if method == "tonedial" and "callId" in request:
                raise Refused(f"{errors.UNKNOWN_PARAMETER}: callId")
            return request
        if self._generation is Generation.NEW:
            instances.check(request)
            request = self._newer_request(method, request)
        request = instances.asked(request)
        if method == "sendfile" and "callId" in request:
            return {"peerId": request["callId"], **request}
        return request

    def reply(self, method: str, fields: Fields) -> Fields:
        """Returns the fields of the reply to a command that was accepted."""
        return self._said(_NAMES.get(method.lower(), ""), fields)

    def events(self, name: str, fields: Fields) -> Iterator[tuple[str, Fields]]:
        """Yields an event as this terminal sends it, with its name: none where it does not, or several."""
        if self._generation is not Generation.NEW:
            yield name, self._said(name, fields)
        elif name not in newer.GONE_EVENTS:
            for told, about in file_events.told(self._face, name, fields):
                yield told, self._said(told, about)

    def _said(self, name: str, fields: Fields) -> Fields:
        if self._generation is Generation.OLD:
            return fields
        both = added(self._face, name, fields)
        return self._only_newer(name, both) if self._generation is Generation.NEW else both

    def _only_newer(self, name: str, fields: Fields) -> Fields:
        return instances.said(name, roles.said(self._face, name, newer.said(name, fields)))

    def _newer_request(self, method: str, request: Fields) -> Fields:
        if method in newer.GONE_COMMANDS:
            raise Refused(errors.UNKNOWN_METHOD)
        if method == "changevideomatrixtype" and isinstance(request.get("matrixType"), int):
            return {**request, "matrixType": newer.older_matrix_type(request["matrixType"])}
        if method == "addpresetfromcurrentvideocapturer" and "name" in request:
            raise Refused(f"{errors.UNKNOWN_PARAMETER}: name")
        if method == "tonedial" and "callId" not in request and self._face.in_a_call_between_two:
            raise Refused("missing parameter: callId")
        return request
