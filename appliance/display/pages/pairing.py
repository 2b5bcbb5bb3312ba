"""What somebody at the box reads off the display and types elsewhere: a screen's code, the maintainer's password."""

import msgspec

from appliance.display.pages.parts import header, lines
from appliance.display.sheet import Matrix, Number, Sheet
from appliance.display.view import View
from appliance.display.watch import Watch
from appliance.language.text import Text


def pairing(view: View, watch: Watch) -> Sheet:
    """The code, in two halves, for whoever stands here; nothing that repeats the display's words says it."""
    code = view.state.pairing
    if code is None:
        return Sheet()
    watch.again_in(code.until - view.now)
    digits = code.code.text
    halves = Number(f"{digits[: len(digits) // 2]} {digits[len(digits) // 2 :]}", secret=True)
    return Sheet(
        heads=(header(Text("display.pairing"), lit=True),),
        main=halves,
        lines=lines(Text("display.pairing_hint")),
        centred=True,
    )


def phone(view: View, watch: Watch) -> Sheet:
    """The same for a phone, as a QR code, or as the code and the address of the page that takes it."""
    code = view.state.pairing
    if code is None:
        return Sheet()
    sheet = pairing(view, watch)
    rows = tuple(code.matrix.text.split())
    return msgspec.structs.replace(
        sheet,
        heads=(header(Text("display.phone"), lit=True),),
        matrix=Matrix(rows, Text("display.phone_scan")) if rows else None,
        lines=lines(code.where.partition("://")[2]),
    )


def new_password(view: View, watch: Watch) -> Sheet:
    """The password for whoever stands here; nothing that repeats the display's words says it."""
    made = view.state.new_password
    if made is None:
        return Sheet()
    watch.again_in(made.until - view.now)
    return Sheet(
        heads=(header(Text("display.new_password"), lit=True),),
        main=Number(made.password.text, secret=True),
        lines=lines(Text("display.new_password_hint")),
        centred=True,
    )
