"""What to do about a fault of the link: one short line for each cause that somebody can do something about."""

from collections.abc import Mapping

from appliance.language.text import NOTHING, Text
from appliance.room.parts.link import Link

_TO_DO: Mapping[str, Text] = {
    "refused.pin": Text("do.check_pin"),
    "refused.password": Text("do.check_password"),
    "refused.token": Text("do.check_token"),
    "refused.unprotected": Text("do.set_pin"),
    "refused.not_licensed": Text("do.check_licence"),
    "evicted.user_reset_by_unsecured_admin": Text("do.check_pin"),
    "evicted.admin_changed_by_admin": Text("do.new_credentials"),
    "evicted.user_changed_by_admin": Text("do.new_credentials"),
    "evicted.user_changed_by_user": Text("do.new_credentials"),
    "evicted.account_not_licensed": Text("do.check_licence"),
    "evicted.pin_changed_after_call": Text("do.new_pin"),
    "evicted.token_expired": Text("do.renew_token"),
    "lost.no_answer": Text("do.switch_on"),
    "lost.not_listening": Text("do.start_program"),
    "lost.no_route": Text("do.check_network"),
    "lost.unknown_name": Text("do.check_address"),
    "lost.no_websocket": Text("do.check_address"),
    "network.no_cable": Text("do.check_cable"),
    "network.no_interface": Text("do.check_cable"),
    **dict.fromkeys(
        (
            *("network.no_address", "network.no_gateway", "network.gateway_silent", "network.no_name_server"),
            *("network.no_wifi", "network.wrong_key", "network.refused", "network.portal"),
            *("network.wrong_server", "network.untrusted_server", "network.server_date", "network.server_certificate"),
        ),
        Text("do.check_network"),
    ),
}


def what_to_do(link: Link) -> Text:
    """Returns what somebody can do about it; nothing where it is best to wait, or where nobody knows."""
    return _TO_DO.get(link.reason.key, NOTHING)
