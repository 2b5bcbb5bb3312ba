# Runs inside the booted machine: does to the service what life does, and prints what came of it as NAME=VALUE.
prop() { systemctl show -P "$1" "${2:-offhook.service}"; }
now() { date +%s%3N; }
ready() { [ "$(prop ActiveState)/$(prop SubState)" = active/running ]; }
back() { until_ 30 "[ \"\$(prop MainPID)\" -gt 0 ] && [ \"\$(prop MainPID)\" != $1 ] && ready"; }
journal() { journalctl --no-pager -o cat -u "${2:-offhook.service}" | grep -c "$1"; }
http() { # METHOD PORT PATH [BODY]
    python3 -I -c 'import sys, urllib.request as u
method, port, path, *body = sys.argv[1:]
data = body[0].encode() if body else None
with u.urlopen(u.Request(f"http://127.0.0.1:{port}{path}", data, {"Content-Type": "application/json"}, method=method), timeout=5) as r:
    print(r.read().decode())' "$@"
}
room() { sed -i "$1" /etc/offhook/room.toml; }
drop_in() { # UNIT LINE...
    unit=$1 && shift
    mkdir -p "/run/systemd/system/$unit.d"
    printf '%s\n' '[Service]' "$@" >"/run/systemd/system/$unit.d/check.conf"
    systemctl daemon-reload
}
drop_out() { rm -r "/run/systemd/system/$1.d" && systemctl daemon-reload; }

# without a network, and without any of its hardware
until_ 30 ready
fact ready "$(prop ActiveState)"
fact status "$(prop StatusText)"
pid=$(prop MainPID)
fact capabilities "$(grep -E '^Cap' "/proc/$pid/status" | tr -d '\t' | tr '\n' ' ')"
fact groups "$(id -Gn offhook) $(for gid in $(sed -n 's/^Groups://p' "/proc/$pid/status"); do getent group "$gid" | cut -d: -f1; done | sort | tr '\n' ' ')"
fact runtime "$(stat -c '%U %a' /run/offhook) $(ls -A /run/offhook | tr '\n' ' ')"
fact state "$(stat -c '%U %a' /var/lib/offhook)"
fact reads_secrets "$(setpriv --reuid offhook --regid offhook --clear-groups cat /etc/credstore/none /etc/shadow 2>&1 | grep -c 'Permission denied')"

# killed
begun=$(now) && kill -KILL "$pid" && back "$pid"
fact killed_ms "$(($(now) - begun))"
fact killed_recovers "$(prop ActiveState offhook-recover.service)"

# its loop hangs
pid=$(prop MainPID) && begun=$(now) && kill -STOP "$pid" && back "$pid"
fact hung_ms "$(($(now) - begun))"
fact hung_seen "$(journal 'Watchdog timeout')"

# a restart in a call, with a terminal on this machine; its PIN comes as a credential
printf 'FA6\n' >/etc/credstore/offhook.pin && chmod 600 /etc/credstore/offhook.pin
systemd-run --quiet --unit=simulated --description=simulated --property=DynamicUser=yes offhook simulate --web-port 8081 --control-port 8082 --pin FA6
room 's/^host = .*/host = "127.0.0.1"\nweb_port = 8081/; s/^# pin_file/pin_file/'
fact check_reads_credentials "$(offhook check /etc/offhook/room.toml >/dev/null && echo yes)"
until_ 20 'http GET 8082 /state >/run/simulated 2>/dev/null'
systemctl restart offhook.service
until_ 20 'http GET 8080 /health >/dev/null 2>&1'
fact link "$(journal link_up)"
fact pin_in_journal "$(journalctl --no-pager | grep -c FA6)"
peer=$(python3 -I -c 'import json; print(json.load(open("/run/simulated"))["peers"][0]["peerId"])')
pid=$(prop MainPID)
http POST 8082 "/peers/$peer/call" '{"confType":0}' >/dev/null
until_ 20 'http GET 8080 /state | grep -q ringing'
systemctl start offhook-restart.service
until_ 5 '[ "$(journal restart_waits)" = 1 ]'
fact restart_waits "$([ "$(prop MainPID)" = "$pid" ] && ready && echo yes)"
http POST 8082 "/peers/$peer/leave" '{}' >/dev/null
back "$pid"
fact restart_done "$(ready && echo yes)"
fact restart_recovers "$(prop ActiveState offhook-recover.service)"

# an upgrade brings the new version up by itself
pid=$(prop MainPID)
dpkg --install /var/offhook.deb >/dev/null
back "$pid"
fact upgraded "$(ready && echo yes)"

# a wrong configuration: said, and tried again by itself
drop_in offhook-recover.service 'ExecStart=' 'ExecStart=-/usr/bin/offhook recover' 'ExecStart=/usr/bin/sleep 3' \
    'ExecStart=+/usr/bin/systemctl reset-failed offhook.service' 'ExecStart=+/usr/bin/systemctl --no-block start offhook.service'
systemctl reset-failed offhook.service
cp /etc/offhook/room.toml /root/right.toml
echo 'colour = "red"' >>/etc/offhook/room.toml
systemctl restart offhook.service 2>/dev/null
until_ 10 '[ "$(journal panel.colour offhook-recover.service)" = 1 ]'
fact wrong "$(prop Result) $(prop ExecMainStatus) $(prop NRestarts)"
fact wrong_said "$(journalctl --no-pager -o cat -u offhook-recover.service | grep panel.colour)"
fact wrong_on_console "$(prop StandardOutput offhook-recover.service)"
cat /root/right.toml >/etc/offhook/room.toml
until_ 20 ready
fact wrong_mended "$(ready && echo yes)"

# it never becomes ready
systemctl reset-failed
drop_in offhook.service 'ExecStart=' 'ExecStart=/bin/false'
systemctl restart offhook.service 2>/dev/null
until_ 30 '[ "$(prop ActiveState offhook-recover.service)" = activating ]'
fact crashes "$(prop Result) $(prop NRestarts) $(prop ActiveState)"
drop_out offhook.service
until_ 20 ready
fact crashes_mended "$(ready && echo yes)"

# a room is saved, forgotten and restored
export OFFHOOK_BACKUP_PASSPHRASE='correct horse battery staple'
ours() { python3 -I -c "import sys; sys.path.insert(0, '/usr/lib/offhook/python'); from pathlib import Path; $1"; }
whose() { stat -c '%U:%G:%a' /etc/offhook/room.toml /etc/credstore/offhook.pin /var/lib/offhook /var/lib/offhook/kept.json | tr '\n' ' '; }
echo kept >/var/lib/offhook/kept.json && chown offhook:offhook /var/lib/offhook/kept.json && chmod 600 /var/lib/offhook/kept.json
whole=$(whose)
begun=$(now) && offhook backup /root/room.offhook 2>/dev/null
fact backup_ms "$(($(now) - begun))"
fact backup "$(head -n 1 /root/room.offhook) $(stat -c %a /root/room.offhook) $(grep -ac -e FA6 -e 'host = ' /root/room.offhook)"
offhook reset --yes 2>/dev/null
until_ 20 ready
fact reset "$(ls -A /etc/credstore | wc -l) $(find /var/lib/offhook -name kept.json | wc -l) $(grep -c 'Meeting room' /etc/offhook/room.toml)"
begun=$(now) && offhook restore --yes /root/room.offhook 2>/dev/null
fact restore_ms "$(($(now) - begun))"
until_ 20 ready
fact restored "$([ "$(whose)" = "$whole" ] && cat /etc/credstore/offhook.pin /var/lib/offhook/kept.json | tr '\n' ' ')"

# the power went in the middle of a restore: its unit ends it before the firmware starts
systemctl stop offhook.service
rm /etc/credstore/offhook.pin /var/lib/offhook/kept.json
ours 'from appliance.card.backup import restoring, staging; root = Path("/")
restoring.prepare(root, None, restoring.opened(Path("/root/room.offhook").read_bytes(), "correct horse battery staple"))
staging.decide(root)'
systemctl start offhook.service
until_ 20 ready
fact restore_finished "$([ "$(whose)" = "$whole" ] && cat /etc/credstore/offhook.pin /var/lib/offhook/kept.json | tr '\n' ' ')$(ls -A /var/lib/offhook-restore)"

# a backup that waits on a card, and its unit
systemctl stop offhook.service
rm /etc/credstore/offhook.pin /var/lib/offhook/kept.json
mkdir -p /boot/firmware && cp /etc/offhook/room.toml /root/room.offhook /boot/firmware
printf 'correct horse battery staple\r\n' >/boot/firmware/backup.passphrase
systemctl start offhook-restore.service
fact restored_from_card "$([ "$(whose)" = "$whole" ] && cat /etc/credstore/offhook.pin | tr '\n' ' ')$(ls /boot/firmware | tr '\n' ' ')"
fact restored_from_card_said "$(journalctl --no-pager -o cat -u offhook-restore.service | grep 'Restored from')"
rm -r /boot/firmware

# the power went in the middle of a reset
ours 'from appliance.card.reset import installed; installed.begin(Path("/"))'
systemctl start offhook.service
until_ 20 ready
fact reset_finished "$(ls -A /etc/credstore | wc -l) $(stat -c '%U:%G:%a' /etc/offhook /etc/offhook/room.toml | tr '\n' ' ')$(ls -A /var/lib/offhook-reset)"

# the end
begun=$(now) && systemctl stop offhook.service
fact stop_ms "$(($(now) - begun))"
fact stop_result "$(prop Result)"
systemctl start offhook.service
dpkg --remove offhook >/dev/null
fact removed "$(prop ActiveState) $(find /proc -maxdepth 1 -user offhook | wc -l)"
fact end end
