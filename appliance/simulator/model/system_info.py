"""What the terminal says of itself: version, ratings, camera, streams, permissions."""

from appliance.simulator.model.common.table import Fields, Table, asking
from appliance.simulator.model.conversation.current import CurrentCall
from appliance.simulator.model.machine.tariff import Tariff
from appliance.simulator.model.machine.updates import Updates
from appliance.simulator.model.machine.uplink import Uplink
from appliance.simulator.model.media.equipment import Equipment
from appliance.simulator.options import SimulatorOptions

VERSION = ("major", "minor", "revision", "build")
RATING = {  # plausible numbers
    "videoQuality": {"send": "UHD", "receiveP2P": "UHD", "receiveGroup": "UHD"},
    "videoContentLevels": {"send": 66, "receiveP2P": 75, "receiveGroup": 91, "bench": 741031},
}


class SystemInfo:
    """Gathers the reply to `getSystemInfo`."""

    def __init__(
        self,
        options: SimulatorOptions,
        uplink: Uplink,
        tariff: Tariff,
        updates: Updates,
        equipment: Equipment,
        current: CurrentCall,
    ) -> None:
        self._options = options
        self._uplink = uplink
        self._tariff = tariff
        self._updates = updates
        self._equipment = equipment
        self._current = current

    def describe(self) -> Fields:
        """Returns the fields of the reply; some are there only with a camera, in a conference, or with a login."""
        version = dict(zip(VERSION, map(int, self._updates.version.split(".")), strict=False))
        info: Fields = {"fileInfo": version, "productInfo": version, "systemRating": RATING}
        if camera := self._equipment.camera_info():
            info["cameraInfo"] = camera
        if self._current.roster is not None:
            info["receivers"] = self._current.roster.receivers()
        if not self._uplink.logged_in:
            return info
        limits = {"min": 32, "max": 4096}
        permissions = self._tariff.allows
        return {**info, "authInfo": self._options.me, "permissionsInfo": permissions, "bitrateLimits": limits}


SYSTEM_INFO: Table[SystemInfo] = {"getSystemInfo": asking(SystemInfo.describe)}
