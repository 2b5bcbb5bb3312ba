# Runs inside the booted machine: asks the deputy as the firmware would, and prints what came of it as NAME=VALUE.
ROOM=/etc/offhook/room.toml
prop() { systemctl show -P "$1" "${2:-offhook.service}"; }
ready() { [ "$(prop ActiveState)/$(prop SubState)" = active/running ]; }
now() { date +%s%3N; }
cat >/usr/local/ask.py <<'END'
import sys
sys.path.insert(0, "/usr/lib/offhook/python")
import trio
from appliance.deputy.client import Deputy
from appliance.deputy.requests import Backup, Configure, File, Journal, Keep, Read, Reboot, Refused, Reset, Restore, Return

PASSPHRASE = "correct horse battery staple"

async def ask(verb, *words):
    deputy = Deputy()
    if verb == "configure":
        old, new = words
        read = await deputy.ask(Read())
        return await deputy.ask(Configure(read.text.replace(old, new.replace("\\n", "\n")), read.mark, "checks"), within=60)
    if verb in {"backup", "journal"}:
        async with deputy.asking(Backup(PASSPHRASE) if verb == "backup" else Journal(), within=60) as (answer, pieces):
            sys.stdout.buffer.write(b"".join([piece async for piece in pieces]))
        return None
    if verb == "restore":
        content = await trio.Path(words[0]).read_bytes()
        return await deputy.ask(Restore(PASSPHRASE, len(content)), content, within=60)
    return await deputy.ask({"keep": Keep, "return": Return, "reset": Reset, "read": Read, "reboot": Reboot}[verb]())

async def main():
    answer = await ask(*sys.argv[1:])
    if answer is not None:
        more = answer.text.key if isinstance(answer, Refused) else round(answer.trial or 0) if isinstance(answer, File) else ""
        print(type(answer).__name__, more)

trio.run(main)
END
asks() { setpriv --reuid offhook --regid offhook --init-groups --no-new-privs python3 -I /usr/local/ask.py "$@" 2>&1; }
name() { sed -n 's/^name = //p' $ROOM | head -n 1; }

until_ 30 ready
fact socket "$(stat -c '%U:%G:%a' /run/offhook-deputy.sock)"
fact nobody_else "$(setpriv --reuid nobody --regid nogroup --clear-groups python3 -I /usr/local/ask.py read 2>&1 | grep -c 'cannot be asked: Permission denied')"
begun=$(now)
fact read "$(asks read)"
fact read_ms "$(($(now) - begun))"
fact before "$(name) $(stat -c '%U:%G:%a' $ROOM)"

# from within the firmware's own sandbox
mkdir -p /run/systemd/system/offhook.service.d
printf '[Service]\nExecStartPre=/usr/bin/python3 -I /usr/local/ask.py read\n' >/run/systemd/system/offhook.service.d/check.conf
systemctl daemon-reload && systemctl restart offhook.service
until_ 30 ready
fact from_the_sandbox "$(journalctl --no-pager -o cat -u offhook.service | grep -c '^File')"
rm -r /run/systemd/system/offhook.service.d && systemctl daemon-reload

# it is in force at once, and returns by itself
pid=$(prop MainPID)
fact configured "$(asks configure 'Meeting room' Saturn)"
begun=$(now)
fact on_trial "$(name) $(stat -c '%U:%G:%a' $ROOM) $(asks read)"
until_ 10 '[ "$(journalctl --no-pager -o cat -u offhook.service | grep -c configuration_applied)" = 1 ]'
systemctl start offhook-return.service
fact too_early "$(name)"
fact another "$(asks configure Saturn Mars)"
until_ 80 '[ "$(name)" != "\"Saturn\"" ]'
fact returned "$(name) $(stat -c '%U:%G:%a' $ROOM) $(ls /var/lib/offhook-deputy | tr '\n' ' ')"
fact returned_ms "$(($(now) - begun))"
until_ 10 '[ "$(journalctl --no-pager -o cat -u offhook.service | grep -c configuration_applied)" = 2 ]'
fact same_process "$([ "$(prop MainPID)" = "$pid" ] && echo yes)"
fact too_late "$(asks keep)"

# given back, and kept
fact again "$(asks configure 'Meeting room' Saturn) $(asks return) $(name)"
fact kept "$(asks configure 'Meeting room' Saturn) $(asks keep) $(name) $(systemctl is-active offhook-return.timer)"

# a machine that was started since
asks configure Saturn Mars >/dev/null
sed -i "s/$(cat /proc/sys/kernel/random/boot_id)/another/" /var/lib/offhook-deputy/trial.json
systemctl start offhook-return.service
fact cut "$(name) $(ls /var/lib/offhook-deputy | tr '\n' ' ')"

# what it does not do for anybody
fact root "$(asks configure '[room]' '[update]\nurl = "https://example.com/"\n[room]')"
fact mistake "$(asks configure 'name =' 'nam =')"
setpriv --reuid offhook --regid offhook --init-groups sh -c 'head -c 9000000 /dev/zero | python3 -I -c "
import socket, sys
line = socket.socket(socket.AF_UNIX); line.connect(\"/run/offhook-deputy.sock\")
try: line.sendall(sys.stdin.buffer.read())
except OSError: pass
print(len(line.recv(9)) if True else 0)"' >/root/flooded 2>&1
fact afterwards "$(asks read)"

# a backup, and its restore
asks backup >/root/room.offhook
fact backup "$(head -n 1 /root/room.offhook)"
install -o offhook -g offhook -m 600 /dev/null /var/lib/offhook/later.json
chmod 644 /root/room.offhook && cp /root/room.offhook /var/tmp
sed -i 's/Saturn/Pluto/' $ROOM
pid=$(prop MainPID)
fact restore "$(asks restore /var/tmp/room.offhook)"
until_ 30 '[ "$(prop MainPID)" != "$pid" ] && ready'
fact restored "$(name) $(stat -c '%U:%G:%a' $ROOM) $(ls -A /var/lib/offhook-restore) $(ls /var/lib/offhook | grep -c later)"
fact journal "$(asks journal | grep -c configuration_returned)"

# and the end of it
pid=$(prop MainPID)
fact reset "$(asks reset)"
until_ 30 '[ "$(prop MainPID)" != "$pid" ] && ready'
fact was_reset "$(name) $(ls -A /etc/credstore | wc -l) $(ls -A /var/lib/offhook-reset)"
fact failed "$(systemctl --no-legend --failed --plain | grep -c offhook)"
fact end end
