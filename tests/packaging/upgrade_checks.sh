# Runs inside the booted machine: upgrades by apt as an administrator does, and prints what came of it as NAME=VALUE.
ready() { [ "$(systemctl show -P ActiveState offhook.service)/$(systemctl show -P SubState offhook.service)" = active/running ]; }
version() { dpkg-query --show --showformat='${Version}' offhook; }
process() { systemctl show -P MainPID offhook.service; }
renewed() { # PID: another process than that one runs
    until_ 60 "[ \"\$(process)\" -gt 0 ] && [ \"\$(process)\" != $1 ] && ready"
}
export DEBIAN_FRONTEND=noninteractive

until_ 60 ready
sed -i 's/Meeting room/Neptune/' /etc/offhook/room.toml
echo kept >/var/lib/offhook/state && chown offhook /var/lib/offhook/state
printf 'kept\n' >/etc/credstore/offhook.pin && chmod 600 /etc/credstore/offhook.pin
systemctl enable offhook-restart.timer 2>/dev/null
fact before "$(version) $(systemctl is-active offhook.service)"
apt-get -q update --error-on=any >/run/apt.log 2>&1 || cat /run/apt.log >&2
fact candidate "$(apt-cache policy offhook | sed -n 's/^  Candidate: //p')"

pid=$(process)
apt-get -qy --only-upgrade install offhook >/run/apt.log 2>&1 || cat /run/apt.log >&2
renewed "$pid"
fact after "$(version) $(systemctl is-active offhook.service)"
fact says "$(offhook --version)"
fact configuration "$(sed -n 's/^name = "\(.*\)".*/\1/p' /etc/offhook/room.toml | head -n 1)"
fact state "$(cat /var/lib/offhook/state)"
fact secret "$(stat -c %a /etc/credstore/offhook.pin) $(cat /etc/credstore/offhook.pin)"
fact restart_timer "$(systemctl is-enabled offhook-restart.timer)"

offhook update check >/run/card 2>&1
fact card "$?"
fact card_says "$(tail -n 1 /run/card)"

# somebody changes the list of packages
list=/var/repository/dists/stable/main/binary-amd64
cp -a $list /run/list && rm "$list/Packages.xz" && sed -i 's/^Version: .*/Version: 99/' $list/Packages
rm -rf /var/lib/apt/lists/* # else apt looks at nothing, as the signed list of lists is the one it knows
apt-get -q update --error-on=any >/dev/null 2>&1 && fact changed taken || fact changed refused
rm -r $list && cp -a /run/list $list
apt-get -q update --error-on=any >/run/apt.log 2>&1 || cat /run/apt.log >&2

pid=$(process)
apt-get -qy --allow-downgrades install offhook=0.0.1 >/run/apt.log 2>&1 || cat /run/apt.log >&2
renewed "$pid"
fact back "$(version) $(systemctl is-active offhook.service)"
fact end end
