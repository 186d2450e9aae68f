"""What goes over the wire, from botocore's own models: routes, requests and answers."""

import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import botocore.loaders
import botocore.model
import botocore.validate

SERVICES = ("ivs", "medialive", "mediapackagev2")


class Malformed(Exception):
    """The request or our answer does not fit the model."""


class Model:
    """One service: which operation a request is, what it says, and how an answer is written."""

    def __init__(self, name: str) -> None:
        loaded = botocore.loaders.Loader().load_service_model(name, "service-2")
        self.service: Any = botocore.model.ServiceModel(loaded, name)
        self.routes = [self._route(operation) for operation in self.service.operation_names]
        # The address with the fewest names in it is the most exact one.
        self.routes.sort(key=lambda route: route[1].count("(?P"))

    def operation_of(self, method: str, path: str) -> tuple[Any, dict[str, str]] | None:
        for known, pattern, operation in self.routes:
            found = re.fullmatch(pattern, path)
            if known == method and found:
                return operation, {name: unquote(text) for name, text in found.groupdict().items()}
        return None

    def request(self, operation: Any, target: str, body: Any, named: dict[str, str]) -> dict[str, Any]:
        """The parameters by their names in the model; Malformed when something is unknown or missing."""
        shape, query = operation.input_shape, dict(parse_qsl(urlsplit(target).query))
        if shape is None:
            return {}
        given: dict[str, Any] = {}
        for name, member in shape.members.items():
            wire = member.serialization.get("name", name)
            place = member.serialization.get("location")
            if place == "uri":
                given[name] = _typed(member, named[re.sub(r"\W", "_", wire)])
            elif place == "querystring" and wire in query:
                given[name] = _typed(member, query[wire])
            elif place is None and wire in body:
                given[name] = _read(member, body.pop(wire))
        if body:
            raise Malformed(f"{operation.name}: unknown {sorted(body)}")
        return _valid(given, shape, operation.name)

    def answer(self, operation: Any, given: dict[str, Any]) -> dict[str, Any]:
        shape = operation.output_shape
        return _written(shape, _valid(given, shape, f"answer of {operation.name}")) if shape else {}

    def status_of(self, error: str) -> int:
        if error in {"ThrottlingException", "TooManyRequestsException"}:
            return 429
        return int(self.service.shape_for(error).metadata["error"]["httpStatusCode"])

    def _route(self, name: str) -> tuple[str, str, Any]:
        operation = self.service.operation_model(name)
        path = operation.http["requestUri"].partition("?")[0]
        parts = re.split(r"\{(\w[\w-]*)\+?\}", path)
        pattern = "".join(
            f"(?P<{re.sub(r'[^a-zA-Z0-9_]', '_', part)}>[^/]+)" if number % 2 else re.escape(part)
            for number, part in enumerate(parts)
        )
        return operation.http["method"], pattern, operation


def _valid(given: dict[str, Any], shape: Any, what: str) -> dict[str, Any]:
    report = botocore.validate.ParamValidator().validate(given, shape)
    if report.has_errors():
        raise Malformed(f"{what}: {report.generate_report()}")
    return given


def _typed(shape: Any, text: str) -> Any:
    return int(text) if shape.type_name in {"integer", "long"} else text


def _read(shape: Any, value: Any) -> Any:
    if value is None:
        return None
    if shape.type_name == "structure":
        names = {member.serialization.get("name", name): name for name, member in shape.members.items()}
        unknown = set(value) - set(names)
        if unknown:
            raise Malformed(f"{shape.name}: unknown {sorted(unknown)}")
        return {names[wire]: _read(shape.members[names[wire]], one) for wire, one in value.items()}
    if shape.type_name == "list":
        return [_read(shape.member, one) for one in value]
    if shape.type_name == "timestamp":
        return datetime.fromisoformat(value) if isinstance(value, str) else datetime.fromtimestamp(value, UTC)
    return value


def _written(shape: Any, value: Any) -> Any:
    if shape.type_name == "structure":
        members = {name: member for name, member in shape.members.items() if name in value}
        return {
            member.serialization.get("name", name): _written(member, value[name])
            for name, member in members.items()
            if member.serialization.get("location") != "statusCode"
        }
    if shape.type_name == "list":
        return [_written(shape.member, one) for one in value]
    return value.isoformat().replace("+00:00", "Z") if isinstance(value, datetime) else value
