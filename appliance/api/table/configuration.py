"""The configuration: what is in force, its file, and another one on trial."""

from typing import Any, Final

from appliance.api.file import APPLYING, IF_MATCH, ConfigurationText, ConfigurationVersions, Ended, Mark, OnTrial
from appliance.api.table.operation import BODY, DEED, UNKNOWN, Header, Operation, maintains
from appliance.maintain.editing import Source

OPERATIONS: Final[tuple[Operation, ...]] = (
    maintains(
        name="getConfiguration",
        path="/configuration",
        summary="The configuration in force, without its secrets",
        about="The tables of room.toml by their names, defaults included.",
        answers=dict[str, Any],
    ),
    maintains(
        name="putConfiguration",
        method="PUT",
        path="/configuration",
        summary="Put another configuration in force, on trial",
        about=(
            "It is checked as `offhook check` does and takes the place of the file with the mark that `If-Match` says. "
            "Unless it is kept within `seconds`, the former one returns by itself, whatever became of the network. "
            "`[ssh]`, `[update]` and `[fleet]` are not changed here."
        ),
        asks=ConfigurationText,
        answers=OnTrial,
        headers=(
            Header(IF_MATCH, "The `mark` of GET /configuration/file, which this is made upon.", Mark, required=True),
        ),
        within=APPLYING,
        refuses={
            **BODY,
            **UNKNOWN,
            409: (
                "Somebody else has changed the file meanwhile, which `detail` then shows as a unified diff from what "
                "was sent; or another one is on trial; or this box takes no change from here, and `detail` says why."
            ),
            422: "The text has mistakes: `detail` has one in each line, with its line, key and what was expected.",
        },
    ),
    maintains(
        name="getConfigurationFile",
        path="/configuration/file",
        summary="The file that says how the room is, and whether it is on trial",
        about="With `(kept)` for each secret.",
        answers=Source,
        refuses={409: "Too much is looked at just now."},
    ),
    maintains(
        name="keepConfiguration",
        method="POST",
        path="/configuration/keep",
        summary="Keep the configuration that is on trial",
        about="That can be done only while the link to the terminal is there, or was not there before it either.",
        answers=Ended,
        refuses=DEED,
    ),
    maintains(
        name="returnConfiguration",
        method="POST",
        path="/configuration/return",
        summary="Put the configuration before the trial in force again",
        answers=Ended,
        refuses=DEED,
    ),
    maintains(
        name="getConfigurationVersions",
        path="/configuration/versions",
        summary="The last configurations that were kept, the newest first",
        about="To go back to one, put its text in force; its secrets are those of the file.",
        answers=ConfigurationVersions,
        refuses={409: "Too much is looked at just now."},
    ),
)
