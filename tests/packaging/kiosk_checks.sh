# Runs inside the booted machine: the screen's own unit as it is installed, with a screen that exists in memory only.
prop() { systemctl show -P "$1" "${2:-offhook-kiosk.service}"; }
until_() { # as in common.sh, but with long conditions: a Python each
    for _ in $(seq $(($1 * 5))); do
        if eval "$2"; then return 0; fi
        sleep 0.2
    done
    echo "not in $1 s: $2" >&2
    journalctl --no-pager -n 150 >&2
    return 1
}
told() { # what the box tells the screen: one message
    /usr/bin/python3 -I -c 'import sys; sys.path.insert(0, "/usr/lib/offhook/python")
import trio, trio_websocket
async def one():
    async with trio_websocket.open_websocket_url("ws://127.0.0.1:8090/kiosk/live") as box:
        print(await box.get_message())
trio.run(one)'
}
alive() { told | sed -n 's/.*"alive":\([0-9]*\).*/\1/p'; }
journal() { journalctl --no-pager -o cat -u offhook-kiosk.service | grep -c "$1"; }
browser() { pgrep -o -u offhook-kiosk -x chromium; }
inside() { # COMMAND...: as the screen's user, beside the browser
    setpriv --reuid offhook-kiosk --regid offhook-kiosk --init-groups env XDG_RUNTIME_DIR=/run/offhook-kiosk WAYLAND_DISPLAY=wayland-0 "$@"
}

until_ 60 '[ "$(prop ActiveState offhook.service)" = active ]'
fact enabled "$(systemctl is-enabled offhook-kiosk.service offhook-kiosk-restart.timer seatd.service | tr '\n' ' ')"
mkdir -p /run/systemd/system/offhook-kiosk.service.d
printf '[Service]\nEnvironment=WLR_BACKENDS=headless WLR_RENDERER=pixman\n' >/run/systemd/system/offhook-kiosk.service.d/check.conf
systemctl daemon-reload

# the box serves no screen yet: [kiosk] is missing
systemctl restart offhook-kiosk.service
until_ 60 '[ "$(journal starting.html)" -ge 1 ] && [ -n "$(browser)" ]'
fact waiting "$(grep -c 'room controller is starting' /run/offhook-kiosk/starting.html)"

# now it does
printf '\n[kiosk]\nrotate = 90\ninches = 7\n' >>/etc/offhook/room.toml
offhook check /etc/offhook/room.toml >/dev/null && fact checked yes
systemctl restart offhook.service
until_ 60 '[ "$(journal "url=.*127.0.0.1:8090/panel")" -ge 1 ]'
until_ 120 '[ "$(alive)" -gt 3 ]'
first=$(alive)
until_ 30 '[ "$(alive)" -gt "$((first + 3))" ]' &&
    fact alive yes
fact settings "$(told)"
fact kept "$(cat /var/lib/offhook-kiosk/settings.json)"
inside wlr-randr >/root/outputs 2>&1
fact transform "$(sed -n 's/ *Transform: //p' /root/outputs)"
inside grim - >/root/screen.png 2>/dev/null
fact screen "$(head -c 24 /root/screen.png | tail -c 8 | od -An -tu1 | tr -s ' ')"
pid=$(browser)
fact colours "$(/usr/bin/python3 -I -c 'import sys; sys.path.insert(0, "/usr/lib/offhook/python")
from PIL import Image
print(len(Image.open("/root/screen.png").convert("RGB").getcolors(1 << 21)))')"
fact sandbox "$(grep -l '^Seccomp:.*2' /proc/[0-9]*/task/[0-9]*/status 2>/dev/null | wc -l) $(pgrep -u offhook-kiosk -f no-sandbox | wc -l)"
fact namespaces "$(for p in $(pgrep -u offhook-kiosk -f type=renderer); do readlink /proc/$p/ns/user; done | grep -vc "$(readlink /proc/$pid/ns/user)")"
fact capabilities "$(grep -E '^CapEff' "/proc/$(prop MainPID)/status" | cut -f2)"
fact groups "$(for gid in $(sed -n 's/^Groups://p' "/proc/$(prop MainPID)/status"); do getent group "$gid" | cut -d: -f1; done | sort | tr '\n' ' ')"
fact reads_secrets "$(nsenter -t "$(prop MainPID)" -m -- setpriv --reuid offhook-kiosk --regid offhook-kiosk --init-groups cat /etc/offhook/room.toml 2>/dev/null | wc -c)"
fact memory "$(prop MemoryCurrent) $(prop MemoryPeak) $(prop MemoryMax)"

# its page hangs: the renderer is stopped, and says nothing any more
before=$(journal browser_starts)
pkill -STOP -u offhook-kiosk -f type=renderer
until_ 40 '[ "$(journal "why=silent")" = 1 ]'
until_ 120 '[ "$(journal browser_starts)" -gt "$before" ] && first=$(alive) && sleep 2 && [ "$(alive)" -gt "$first" ]' &&
    fact hung yes

# the browser is killed
before=$(journal browser_starts)
kill -KILL "$(browser)"
until_ 60 '[ "$(journal browser_starts)" -gt "$before" ] && [ -n "$(browser)" ]' &&
    fact killed yes

# the box goes away and comes back: its page says so itself and finds back, in the same browser
until_ 120 'first=$(alive) && sleep 2 && [ "$(alive)" -gt "$first" ]'
before=$(journal browser_starts)
pid=$(browser)
systemctl stop offhook.service
sleep 15
systemctl start offhook.service
until_ 60 'first=$(alive) && [ -n "$first" ] && sleep 2 && [ "$(alive)" -gt "$first" ]'
fact away "$([ "$(browser)" = "$pid" ] && [ "$(journal browser_starts)" = "$before" ] && echo same)"

# at night: a new browser, as nobody is in a call
systemctl start offhook-kiosk-restart.service
until_ 30 '[ "$(journal "why=asked")" = 1 ]' &&
    fact night yes

# the end
begun=$(date +%s%3N) && systemctl stop offhook-kiosk.service
fact stop_ms "$(($(date +%s%3N) - begun))"
fact stop_result "$(prop Result)"
fact left "$(pgrep -u offhook-kiosk | wc -l) $(ls -A /run/offhook-kiosk 2>/dev/null | wc -l)"
dpkg --remove offhook-kiosk >/dev/null
fact removed "$(prop ActiveState)"
fact end end
