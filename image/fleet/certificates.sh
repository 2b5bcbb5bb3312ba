#!/bin/sh
# Certificates for the broker and who speaks to it, by an authority of your own. Needs openssl (1.1.1 or later).
#
#   certificates.sh broker FOLDER NAME...        the authority, if there is none, and the broker's, for these names
#   certificates.sh room   FOLDER SITE/ROOM...   a box's, one for each room
#   certificates.sh client FOLDER NAME...        of somebody else who speaks to the broker, such as status; he is called
#                                                client:NAME there, as no room can be
#
# FOLDER/NAME.pem is a certificate, FOLDER/NAME.key its key, FOLDER/ca.pem the authority's. What is there already stays:
# to renew one, remove its .pem; its key is used again. Whoever has ca.key can make himself any room: keep it away from
# the broker. Days: DAYS=825 unless said otherwise; the authority has 3650.
set -eu
umask 077

end() {
    echo "certificates.sh: $1" >&2
    exit 2
}

[ $# -ge 3 ] || end "expected: broker|room|client FOLDER NAME..."
what=$1 folder=$2
shift 2
command -v openssl >/dev/null || end "openssl is missing"
mkdir -p "$folder"

key() {
    [ -s "$1" ] || openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1" 2>/dev/null
}

# config NAME EXTENSIONS: the name is in a file and not in -subj, where a / would begin another part of it
config() {
    printf '[req]\nprompt = no\ndistinguished_name = name\nx509_extensions = made\n[name]\nCN = %s\n[made]\n%s\n' "$1" "$2"
}

authority() {
    [ -s "$folder/ca.pem" ] && return
    key "$folder/ca.key"
    config "offhook rooms" "basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash" >"$work/ca.cnf"
    openssl req -x509 -new -key "$folder/ca.key" -sha256 -days 3650 -config "$work/ca.cnf" -out "$folder/ca.pem"
    chmod 644 "$folder/ca.pem"
}

# sign FILE NAME PURPOSE [ALTERNATIVES]
sign() {
    [ -s "$1.pem" ] && { echo "$1.pem is there already"; return; }
    [ -s "$folder/ca.key" ] || end "$folder/ca.key is missing; expected the authority, made by: certificates.sh broker"
    mkdir -p "$(dirname "$1")"
    key "$1.key"
    config "$2" "basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = $3
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid${4:+
subjectAltName = $4}" >"$work/it.cnf"
    openssl req -new -key "$1.key" -config "$work/it.cnf" -out "$work/it.csr"
    openssl x509 -req -in "$work/it.csr" -CA "$folder/ca.pem" -CAkey "$folder/ca.key" -sha256 -days "${DAYS:-825}" \
        -set_serial "0x$(openssl rand -hex 16)" -extfile "$work/it.cnf" -extensions made -out "$work/it.pem" 2>/dev/null
    chmod 644 "$work/it.pem"
    mv "$work/it.pem" "$1.pem"
    echo "$1.pem"
}

# names a topic can have (docs/mqtt.md); a common name has 64 characters at most (RFC 5280)
checked() {
    [ "$(printf '%s' "$1" | grep -Ex "$2")" = "$1" ] || end "$1: not a name; expected $3" # grep judges line by line
    [ ${#1} -le 64 ] || end "$1: ${#1} characters; expected 64 at most"
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
case $what in
broker)
    names=
    for name; do
        checked "$name" '[A-Za-z0-9.:-]+' "names or addresses of the broker"
        case $name in
        *:* | *[0-9].[0-9]*.[0-9]*.[0-9]*) kind=IP ;;
        *) kind=DNS ;;
        esac
        names=${names:+$names, }$kind:$name
    done
    authority
    sign "$folder/broker" "$1" serverAuth "$names"
    ;;
room)
    for name; do
        checked "$name" '[A-Za-z0-9_-]+/[A-Za-z0-9_-]+' "SITE/ROOM as in [mqtt]"
    done
    for name; do sign "$folder/$name" "$name" clientAuth; done
    ;;
client)
    for name; do
        checked "client:$name" 'client:[A-Za-z0-9_-]+' "letters, digits, _ and -"
        case $name in ca | broker) end "$name is the name of another file" ;; esac
    done
    for name; do sign "$folder/$name" "client:$name" clientAuth; done
    ;;
*) end "$what: expected broker, room or client" ;;
esac
